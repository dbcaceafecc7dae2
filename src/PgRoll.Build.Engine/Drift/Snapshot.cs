using System.Text.Json;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Drift;

/// <summary>
/// A schema as the history keeps it (<c>resulting_schema</c>), as things with properties. It is written by two producers with different
/// spellings: keys are matched in any case, and null, an empty text, an empty list and an absent key are the same. What the product
/// made for a rollout in progress is left out.
/// </summary>
sealed class Snapshot
{
    static readonly (string Key, string Kind)[] Collections =
    [
        ("columns", "column"), ("checkConstraints", "check"), ("uniqueConstraints", "unique constraint"), ("excludeConstraints", "exclusion constraint"),
        ("foreignKeys", "foreign key"), ("indexes", "index"),
    ];

    /// <summary>Its own name, what changes with every restore, and what one producer alone writes.</summary>
    static readonly string[] Ignored = ["name", "oid", "onDeleteSetColumns"];

    readonly Dictionary<Thing, IReadOnlyDictionary<string, string>> _things = [];

    /// <summary>What there is, in the order of the text.</summary>
    public IReadOnlyDictionary<Thing, IReadOnlyDictionary<string, string>> Things => _things;

    /// <param name="json">The snapshot.</param>
    /// <param name="schema">
    /// The base schema: whether expressions name it depends on the path of the session that wrote them, so its name is taken out.
    /// </param>
    public static Snapshot Read(string json, string schema)
    {
        var snapshot = new Snapshot();
        using var document = JsonDocument.Parse(json);
        foreach (var table in Entries(document.RootElement, "tables"))
            snapshot.AddTable(table, schema);
        return snapshot;
    }

    void AddTable(JsonProperty table, string schema)
    {
        _things.Add(new("table", null, table.Name), Properties(table.Value, schema, [.. Ignored, .. Collections.Select(c => c.Key)]));
        foreach (var (key, kind) in Collections)
            foreach (var entry in Entries(table.Value, key))
                if (kind != "index" || !IsOfConstraint(table.Name, entry.Name))
                    _things.Add(new(kind, table.Name, entry.Name), Properties(entry.Value, schema, kind == "column" ? [.. Ignored, "unique"] : Ignored));
    }

    bool IsOfConstraint(string table, string index) =>
        _things.ContainsKey(new("unique constraint", table, index)) || _things.ContainsKey(new("exclusion constraint", table, index));

    static IEnumerable<JsonProperty> Entries(JsonElement owner, string key) =>
        owner.ValueKind == JsonValueKind.Object
            ? owner.EnumerateObject().Where(p => IsSame(p.Name, key) && p.Value.ValueKind == JsonValueKind.Object)
                .SelectMany(p => p.Value.EnumerateObject()).Where(p => !p.Name.StartsWith(GeneratedNames.Prefix, StringComparison.Ordinal))
            : [];

    static Dictionary<string, string> Properties(JsonElement thing, string schema, string[] ignored)
    {
        var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in thing.EnumerateObject().Where(p => !ignored.Any(i => IsSame(i, p.Name))))
            if (Text(property, schema) is { Length: > 0 } text)
                properties[property.Name] = text;
        return properties;
    }

    static string? Text(JsonProperty property, string schema) => property.Value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => null,
        JsonValueKind.String => Unqualified(property.Value.GetString()!, schema),
        // The order of a primary key is not kept.
        JsonValueKind.Array => string.Join(", ", IsSame(property.Name, "primaryKey") ? Items(property.Value).Order(StringComparer.Ordinal) : Items(property.Value)),
        _ => property.Value.GetRawText(),
    };

    static IEnumerable<string> Items(JsonElement list) => list.EnumerateArray().Select(item => item.ToString());

    static string Unqualified(string text, string schema) =>
        text.Replace($"{new Ident(schema)}.", "", StringComparison.Ordinal).Replace($"{schema}.", "", StringComparison.Ordinal);

    static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Something of a schema: a table, or what belongs to one.</summary>
sealed record Thing(string Kind, string? Table, string Name)
{
    public string FullName => Table is null ? Name : $"{Table}.{Name}";
}
