using System.Text.Json.Nodes;

namespace PgRoll.Build.Core.Tests.Operations;

/// <summary>
/// What the readers ask of several fields together, or of a field's value, in the words of a JSON schema; by path, where [] is each item of
/// a list. No reader tells of these: <see cref="MigrationSchemaTests"/> holds them against what is read.
/// </summary>
static class SchemaConditions
{
    const string NeedsColumns = """{ "required": ["columns"], "properties": { "columns": { "type": "array", "minItems": 1 } } }""";

    /// <summary>A column has its values from one source.</summary>
    const string OneSource = """
        {
          "not": {
            "type": "object",
            "required": ["expression", "identity"],
            "properties": { "expression": { "type": "string", "minLength": 1 }, "identity": { "type": "object" } }
          }
        }
        """;

    static readonly string OnDeleteSets = $$"""
        {
          "if": { "required": ["on_delete_set_columns"], "properties": { "on_delete_set_columns": { "type": "array", "minItems": 1 } } },
          "then": { "required": ["on_delete"], "properties": { "on_delete": { "type": "string", "pattern": "{{MigrationSchema.AnyCase(["SET NULL", "SET DEFAULT"])}}" } } }
        }
        """;

    static readonly string NamedIndex = $$"""
        {
          "if": { "required": ["type"], "properties": { "type": { "type": "string", "pattern": "{{MigrationSchema.AnyCase(["INDEX"])}}" } } },
          "then": { "required": ["index"], "properties": { "index": { "type": "string", "minLength": 1 } } }
        }
        """;

    static readonly string[] ConstraintKinds =
    [
        Kind("unique", NeedsColumns),
        Kind("primary_key", NeedsColumns),
        Kind("foreign_key", NeedsColumns, """{ "required": ["references"], "properties": { "references": { "type": "object" } } }"""),
        Kind("check", """
            {
              "required": ["check"],
              "properties": {
                "check": { "type": "string", "minLength": 1 },
                "index_parameters": { "type": "null" },
                "deferrable": { "enum": [false, null] },
                "nulls_not_distinct": { "enum": [false, null] }
              }
            }
            """),
    ];

    static readonly Dictionary<string, string> All = new()
    {
        ["create_table.constraints[]"] = AllOf(
            [.. ConstraintKinds, Kind("exclude", """{ "required": ["exclude"], "properties": { "exclude": { "type": "object" } } }""")]),
        ["create_table.constraints.references"] = OnDeleteSets,
        ["create_table.columns.generated"] = OneSource,
        ["add_column.column.generated"] = OneSource,
        ["create_constraint"] = AllOf([NeedsColumns, .. ConstraintKinds]),
        ["create_constraint.references"] = OnDeleteSets,
        ["create_index.columns"] = """{ "type": "array", "minItems": 1 }""",
        ["set_replica_identity.identity"] = NamedIndex,
        ["sql.up"] = """{ "pattern": "\\S" }""",
    };

    public static IEnumerable<KeyValuePair<string, JsonNode?>> Of(string path) =>
        All.TryGetValue(path, out var conditions) ? JsonNode.Parse(conditions)!.AsObject().Select(part => KeyValuePair.Create(part.Key, part.Value?.DeepClone())) : [];

    static string Kind(string type, params string[] needs) =>
        $$"""{ "if": { "required": ["type"], "properties": { "type": { "const": "{{type}}" } } }, "then": {{(needs is [var one] ? one : AllOf(needs))}} }""";

    static string AllOf(IEnumerable<string> parts) => $$"""{ "allOf": [{{string.Join(", ", parts)}}] }""";
}
