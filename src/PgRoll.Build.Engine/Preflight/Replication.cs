using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Model;

namespace PgRoll.Build.Engine.Preflight;

/// <summary>Logical replication of tables whose columns change: subscribers know columns by their names, and apply workers fire no triggers.</summary>
sealed class Replication(Session session, RunnerOptions options)
{
    static readonly string Query = Resource.Read("replication.sql");

    /// <summary>Warns of publications; stops for subscriptions.</summary>
    public async Task CheckAsync(string what, Schema before, Schema after, CancellationToken ct)
    {
        var tables = Reshaped(before, after).ToArray();
        if (tables.Length == 0)
            return;
        var found = (await session.QueryAsync(Query, static row => (Table: row.GetString(0), Kind: row.GetString(1), Name: row.GetString(2)), ct, options.Schema, tables))
            .ToLookup(f => f.Kind == "subscription", f => (f.Table, f.Name));
        if (found[true].Any())
            throw new PgRollException(ExitReason.NotNow,
                $"{what}; nothing was changed. Subscriptions fill its tables: {Words(found[true])}. Their workers would not fire the trigger that keeps the two versions in step, "
                + "and stop at a column that has another name. Take the tables out of the subscription until `complete` has ended (ALTER PUBLICATION … DROP TABLE there, ALTER SUBSCRIPTION … REFRESH PUBLICATION here).");
        if (found[false].Any())
            options.Report(new Warned(
                $"Publications send all columns of tables that get others: {Words(found[false])}. A subscriber that lacks one of them stops. "
                + "Add them there first (`plan` shows them), or give the publication a list of columns (PostgreSQL 15 and newer)."));
    }

    static string Words(IEnumerable<(string Table, string Name)> found) => string.Join(", ", found.Select(f => $"{f.Name} '{f.Table}'"));

    /// <summary>The tables that have other columns, or another name, during the rollout or after it.</summary>
    static IEnumerable<string> Reshaped(Schema before, Schema after)
    {
        var kept = after.Tables.ToDictionary(t => t.Physical);
        return from table in before.Tables
               where !kept.TryGetValue(table.Physical, out var now) || !ReferenceEquals(now, table) && !Shape(now).SequenceEqual(Shape(table))
               select table.Physical;
    }

    static IEnumerable<(string, string)> Shape(Table table) => [(table.Name, table.Physical), .. table.Columns.Select(c => (c.Name, c.Physical))];
}
