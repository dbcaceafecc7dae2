using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Files;

/// <summary>A migration's JSON as the text of a file.</summary>
static class MigrationText
{
    static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static string Extension(bool asJson) => asJson ? ".json" : ".yaml";

    public static string Of(string name, string json, bool asJson)
    {
        if (asJson)
            return Json(json);
        var report = new Report();
        return NodeReader.Read(name, json, DocumentFormat.Json, report) is { } document
            ? YamlWriter.Write(document.Root)
            : throw new PgRollException(ExitReason.NeedsAttention, $"The history's migration '{name}' cannot be read: {string.Join(" ", report.Diagnostics.Select(d => d.Message))}");
    }

    /// <summary>A file that people go on with: in YAML, editors are told what it may say. pgroll refuses the key that would tell it in JSON.</summary>
    public static string ForEditing(string yaml) => $"# yaml-language-server: $schema={Links.MigrationSchema}\n{yaml}";

    /// <summary>A migration of one operation that runs SQL.</summary>
    public static string OfSql(string name, string sql, bool asJson) =>
        Of(name, new JsonObject { ["operations"] = new JsonArray(new JsonObject { ["sql"] = new JsonObject { ["up"] = sql } }) }.ToJsonString(), asJson);

    static string Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Readable))
            document.WriteTo(writer);
        return $"{Encoding.UTF8.GetString(stream.ToArray())}\n";
    }
}
