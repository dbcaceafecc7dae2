using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Model;
using PgRoll.Build.Plans;

namespace PgRoll.Build.Engine.Preflight;

/// <summary>Logical replication of tables whose columns change: subscribers know columns by their names, and apply workers fire no triggers.</summary>
sealed class Replication(Session session, RunnerOptions options)
{
    static readonly string Query = Resource.Read("replication.sql");

    /// <summary>Warns of publications; stops for subscriptions.</summary>
    public async Task CheckAsync(string what, Schema before, Schema after, Plan plan, CancellationToken ct)
    {
        var (reshaped, widened) = Changed(before, after, plan);
        if (reshaped.Count == 0)
            return;
        var found = (await session.QueryAsync(Query, static row => (Table: row.GetString(0), Kind: row.GetString(1), Name: row.GetString(2)), ct, options.Schema, reshaped.ToArray()))
            .ToLookup(f => f.Kind, f => (f.Table, f.Name));
        if (found["subscription"].Any())
            throw new PgRollException(ExitReason.NotNow,
                $"{what}; nothing was changed. Subscriptions fill its tables: {Words(found["subscription"])}. Their workers would not fire the trigger that keeps the two versions in step, "
                + "and stop at a column that has another name. Take the tables out of the subscription until `complete` has ended (ALTER PUBLICATION … DROP TABLE there, ALTER SUBSCRIPTION … REFRESH PUBLICATION here).");
        var published = found["publication"].Where(f => widened.Contains(f.Table)).ToList();
        if (published.Count > 0)
            options.Report(new Warned(
                $"Publications send all columns of tables that get others: {Words(published)}. A subscriber that lacks one of them stops. "
                + "Add them there first (`plan` shows them), or give the publication a list of columns (PostgreSQL 15 and newer)."));
    }

    static string Words(IEnumerable<(string Table, string Name)> found) => string.Join(", ", found.Select(f => $"{f.Name} '{f.Table}'"));

    /// <summary>The tables whose columns or names differ during the rollout or after it, and those of them that get columns or names.</summary>
    static (List<string> Reshaped, HashSet<string> Widened) Changed(Schema before, Schema after, Plan plan)
    {
        var kept = after.Tables.ToDictionary(t => t.Physical);
        List<string> reshaped = [];
        HashSet<string> widened = [.. SyncedTables.Of(plan)];
        foreach (var table in before.Tables)
        {
            var (now, was) = (kept.GetValueOrDefault(table.Physical), Shape(table));
            if (ReferenceEquals(now, table) || now is not null && was.SetEquals(Shape(now)))
                continue;
            reshaped.Add(table.Physical);
            if (now is not null && !was.IsSupersetOf(Shape(now)))
                widened.Add(table.Physical);
        }
        return (reshaped, widened);
    }

    static HashSet<(string, string)> Shape(Table table) => [(table.Name, table.Physical), .. table.Columns.Select(c => (c.Name, c.Physical))];
}
