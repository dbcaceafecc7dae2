namespace PgRoll.Build.Engine.Drift;

/// <summary>Compares two snapshots of a schema: what was changed since the first behind the tool's back.</summary>
static class SchemaDrift
{
    static readonly IReadOnlyDictionary<string, string> Labels = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["primaryKey"] = "primary key", ["enumValues"] = "values", ["postgresType"] = "kind of type", ["referencedTable"] = "referenced table",
        ["referencedColumns"] = "referenced columns", ["matchType"] = "match", ["onDelete"] = "ON DELETE", ["onUpdate"] = "ON UPDATE", ["noInherit"] = "NO INHERIT",
    };

    public static IReadOnlyList<Difference> Compare(Snapshot recorded, Snapshot live) =>
    [
        .. recorded.Things.Where(t => !live.Things.ContainsKey(t.Key) && !IsOfMissingTable(t.Key, live)).Select(t => new Difference(t.Key.Kind, t.Key.FullName, null, t.Key.FullName, null)),
        .. live.Things.Where(t => !recorded.Things.ContainsKey(t.Key) && !IsOfMissingTable(t.Key, recorded)).Select(t => new Difference(t.Key.Kind, t.Key.FullName, null, null, t.Key.FullName)),
        .. recorded.Things.Where(t => live.Things.ContainsKey(t.Key)).SelectMany(t => Compare(t.Key, t.Value, live.Things[t.Key])),
    ];

    static IEnumerable<Difference> Compare(Thing thing, IReadOnlyDictionary<string, string> recorded, IReadOnlyDictionary<string, string> live) =>
        from property in recorded.Keys.Union(live.Keys, StringComparer.OrdinalIgnoreCase)
        let before = recorded.GetValueOrDefault(property)
        let now = live.GetValueOrDefault(property)
        where before != now
        select new Difference(thing.Kind, thing.FullName, Labels.GetValueOrDefault(property, property), Flag(before, now), Flag(now, before));

    /// <summary>What is false is absent from a snapshot; beside a true it is said.</summary>
    static string? Flag(string? value, string? other) => value ?? (other == "true" ? "false" : null);

    /// <summary>A table that is gone or new is one difference, not one for each of its columns.</summary>
    static bool IsOfMissingTable(Thing thing, Snapshot other) => thing.Table is { } table && !other.Things.ContainsKey(new("table", null, table));
}
