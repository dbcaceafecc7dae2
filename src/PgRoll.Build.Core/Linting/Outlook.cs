using PgRoll.Build.Migrations;
using PgRoll.Build.Model;

namespace PgRoll.Build.Linting;

/// <summary>
/// What all migrations together come to: what a migration lacks may be given by a later one, which is the only way once it is applied.
/// </summary>
sealed class Outlook
{
    readonly Dictionary<string, Table> tables = [];

    public Outlook(IReadOnlyList<HistoryEntry> history)
    {
        if (history.Count == 0)
            return;
        var last = history[history.Count - 1];
        var schema = History.Understood(last.After.Settled() with { IsPartlyUnknown = last.Before.IsPartlyUnknown || last.Migration.IsPartlyRead }, last.Migration);
        IsCertain = !schema.IsPartlyUnknown;
        foreach (var table in schema.Tables)
            tables[table.Name] = table;
    }

    /// <summary>Whether nothing ran of which nobody knows what it did.</summary>
    public bool IsCertain { get; }

    /// <summary>The table of that name at the end; null where there is none.</summary>
    public Table? Find(string table) => tables.TryGetValue(table, out var found) ? found : null;
}
