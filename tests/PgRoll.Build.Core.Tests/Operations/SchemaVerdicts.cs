using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using PgRoll.Build.Documents;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Core.Tests.Operations;

/// <summary>What the reader and the JSON schema say of the structure of one file.</summary>
static class SchemaVerdicts
{
    /// <summary>What the reader asks, and a JSON schema has no words for: a part of the finding, and why.</summary>
    static readonly (string Finding, string Reason)[] Unsayable =
    [
        (", the referenced one ", "two lists of one length"),
        ("the character NUL, ", "a pattern would have to stand with every text"),
        ("is not a column of the key.", "a word out of another list of the same file"),
    ];

    static readonly JsonSchema Schema = JsonSchema.FromText(File.ReadAllText(Repository.Combine("src", "PgRoll.Build.Core", "migration.schema.json")));

    /// <summary>Nothing is known of the tables, so that what is found is about the file alone.</summary>
    static readonly Schema Unknown = Model.Schema.Empty("public") with { IsPartlyUnknown = true };

    public static SchemaVerdict Of(JsonNode file)
    {
        var json = file.ToJsonString();
        var found = MigrationSet.Check([new MigrationFile("01_file.json", json)], Unknown).Diagnostics
            .Where(d => d.Rule == DocumentRules.InvalidSyntax || d.Rule == DocumentRules.InvalidStructure).ToList();
        using var document = JsonDocument.Parse(json);
        var isValid = Schema.Evaluate(document.RootElement).IsValid;
        var isUnsayable = isValid && found.Count > 0 && found.All(d => Unsayable.Any(u => d.Message.Contains(u.Finding, StringComparison.Ordinal)));
        return new(isValid, found.Count == 0 || isUnsayable,
            $"{json}\nThe schema {(isValid ? "accepts" : "refuses")} it; the reader says: {(found.Count == 0 ? "nothing" : string.Join(' ', found))}");
    }

    /// <summary>A file as JSON; null where its notation is wrong.</summary>
    public static JsonNode? Json(MigrationFile file) =>
        NodeReader.Read(file.Path, file.Text, new()) is { } document ? JsonNode.Parse(MigrationJson.Write(document.Root)) : null;
}

/// <summary>A file's structure, judged twice.</summary>
sealed record SchemaVerdict(bool IsValid, bool IsRead, string Text);
