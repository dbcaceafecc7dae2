using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans.Parts;

/// <summary>How a column's values are stored and counted, as far as its type leaves a choice.</summary>
static class ColumnSettingsSql
{
    static readonly Dictionary<string, Sql> Storages =
        new[] { Sql.Of($"PLAIN"), Sql.Of($"EXTERNAL"), Sql.Of($"EXTENDED"), Sql.Of($"MAIN") }.ToDictionary(sql => sql.Text);

    /// <summary>ACCESS EXCLUSIVE, catalog only. Before the rows are filled, so that their values are stored that way.</summary>
    public static SqlStep? Set(TableChange table, Column column, ServerFacts facts)
    {
        var name = new Ident(column.Physical);
        IReadOnlyList<Sql> actions = [.. Actions(column.Settings, facts.HasStorageChoice(column.Type)).Select(action => Sql.Of($"ALTER COLUMN {name} SET {action}"))];
        return actions.Count == 0 ? null : new($"'{column.Name}' is stored and counted as it was", Sql.Of($"ALTER TABLE {table.Name} {actions}"))
        {
            Lock = new(LockMode.AccessExclusive, table.Name),
        };
    }

    static IEnumerable<Sql> Actions(ColumnSettings settings, bool hasStorageChoice)
    {
        if (settings.StatisticsTarget is { } target)
            yield return Sql.Of($"STATISTICS {target}");
        if (settings.Options is { } options)
            yield return Sql.Of($"({options})");
        if (settings.Storage is { } storage && hasStorageChoice)
            yield return Sql.Of($"STORAGE {Storages[storage]}");
        if (settings.Compression is { } compression && hasStorageChoice)
            yield return Sql.Of($"COMPRESSION {new Ident(compression)}");
    }
}
