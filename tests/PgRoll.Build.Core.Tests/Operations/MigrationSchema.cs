using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Migrations;
using PgRoll.Build.Operations;

namespace PgRoll.Build.Core.Tests.Operations;

/// <summary>
/// Writes what the readers ask for as a JSON schema, by which editors help while typing. Draft 7 is what they know best; there, what
/// stands beside a <c>$ref</c> is not seen, so fields are written out wherever they occur.
/// </summary>
static class MigrationSchema
{
    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static string Write()
    {
        var root = Mapping("migration", MigrationReader.Describe());
        root.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        root.Insert(1, "title", "A migration of PgRoll.Build and pgroll");
        var operations = root["properties"]!["operations"]!.AsObject();
        operations["items"] = new JsonObject
        {
            ["type"] = "object",
            ["description"] = "One operation.",
            ["minProperties"] = 1,
            ["maxProperties"] = 1,
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(OperationCatalog.Names.Order(StringComparer.Ordinal).Select(name => KeyValuePair.Create(name, (JsonNode?)Ref(name)))),
        };
        root["definitions"] = new JsonObject(OperationCatalog.Names.Order(StringComparer.Ordinal).Select(name => KeyValuePair.Create(name, (JsonNode?)Operation(name))));
        return root.ToJsonString(Readable) + "\n";
    }

    static JsonObject Ref(string operation) => new() { ["$ref"] = $"#/definitions/{operation}" };

    static JsonObject Operation(string name)
    {
        var guide = OperationCatalog.All[name].Guide;
        var operation = WithConditions(Mapping(name, OperationCatalog.Describe(name)), name);
        operation.Insert(0, "description", guide.Purpose);
        operation.Insert(1, "examples", new JsonArray(Yaml(string.Join('\n', guide.Example.Split('\n').Select(line => $"  {line}")))));
        return operation;
    }

    static JsonObject Mapping(string path, IReadOnlyList<FieldDescription> fields) => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["required"] = new JsonArray([.. fields.Where(field => field.IsRequired).Select(field => JsonValue.Create(field.Name))]),
        ["properties"] = new JsonObject(fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)Field($"{path}.{field.Name}", field)))),
    };

    static JsonObject WithConditions(JsonObject schema, string path)
    {
        foreach (var (key, condition) in SchemaConditions.Of(path))
            schema[key] = condition;
        return schema;
    }

    static JsonObject Field(string path, FieldDescription field)
    {
        var guide = FieldGuides.Of(path);
        var value = Value(path, field);
        var (choice, isNullable) = (value.ContainsKey("anyOf"), field.MayBeNull);
        if (isNullable && choice)
            value["anyOf"]!.AsArray().Add(new JsonObject { ["type"] = "null" });
        else if (isNullable)
            value["type"] = new JsonArray((string)value["type"]!, "null");
        if (isNullable && value["enum"] is JsonArray words)
            words.Add(null);
        WithConditions(value, path);
        value.Insert(0, "description", guide.Purpose);
        value.Insert(1, "examples", new JsonArray(field.Kind is FieldKind.Text or FieldKind.Name ? JsonValue.Create(guide.Example) : Yaml($" {guide.Example}")));
        return value;
    }

    static JsonObject Value(string path, FieldDescription field) => field.Kind switch
    {
        FieldKind.Name => new() { ["type"] = "string", ["minLength"] = 1 },
        FieldKind.Flag => new() { ["type"] = "boolean" },
        FieldKind.TextList => new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
        FieldKind.TextMap => new() { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string" } },
        FieldKind.Mapping => Mapping(path, field.Fields),
        FieldKind.MappingList => new() { ["type"] = "array", ["items"] = WithConditions(Mapping(path, field.Fields), $"{path}[]") },
        _ when field.Words.Count == 0 => new() { ["type"] = "string" },
        _ when field.IgnoresCase => new()
        {
            ["anyOf"] = new JsonArray(new JsonObject { ["enum"] = Words(field) }, new JsonObject { ["type"] = "string", ["pattern"] = AnyCase(field.Words) }),
        },
        _ => new() { ["type"] = "string", ["enum"] = Words(field) },
    };

    static JsonArray Words(FieldDescription field) => [.. field.Words.Select(word => JsonValue.Create(word))];

    /// <summary>JSON schema's expressions have no switch for it.</summary>
    internal static string AnyCase(IEnumerable<string> words) => $"^(?:{string.Join('|', words.Select(word =>
        string.Concat(word.Select(c => char.IsAsciiLetter(c) ? $"[{char.ToUpperInvariant(c)}{char.ToLowerInvariant(c)}]" : $"{c}"))))})$";

    static JsonNode? Yaml(string text)
    {
        var report = new Report();
        var document = NodeReader.Read("example.yaml", text.Contains('\n') || text.StartsWith("  ", StringComparison.Ordinal) ? $"example:\n{text}" : $"example:{text}", report);
        return document is null
            ? throw new InvalidOperationException($"'{text}' is no example: {string.Join(' ', report.Diagnostics)}")
            : JsonNode.Parse(MigrationJson.Write(document.Root))!["example"]!.DeepClone();
    }
}
