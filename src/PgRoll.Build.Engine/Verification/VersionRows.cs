using PgRoll.Build.Engine.Verification.Rows;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Verification;

/// <summary>What a version shows of its tables' rows, so that two moments can be compared.</summary>
sealed class VersionRows
{
    readonly Dictionary<string, IReadOnlyList<string>> _rows = [];

    public static async Task<VersionRows> ReadAsync(VersionClient client, IEnumerable<string> tables, CancellationToken ct)
    {
        var read = new VersionRows();
        foreach (var table in tables)
            read._rows[table] = await client.Session.QueryAsync(Sql.Of($"SELECT CAST(v AS pg_catalog.text) FROM {QualifiedName.Of(client.Schema, table)} v ORDER BY 1").Text, static row => row.GetString(0), ct);
        return read;
    }

    /// <summary>The rows of a table.</summary>
    public IReadOnlyList<string> Of(string table) => _rows.TryGetValue(table, out var rows) ? rows : [];

    /// <summary>How a later moment differs; null where it does not.</summary>
    public string? Difference(VersionRows later, bool showsValues)
    {
        foreach (var (table, rows) in _rows)
            if (later._rows.TryGetValue(table, out var now) && !rows.SequenceEqual(now))
            {
                if (!showsValues)
                    return $"'{table}' does not show the same rows";
                var (gone, come) = (rows.Except(now).FirstOrDefault(), now.Except(rows).FirstOrDefault());
                return $"'{table}' does not show the same rows: {(gone is null ? "" : $"there was {Shorten(gone)}")}{(gone is not null && come is not null ? ", " : "")}{(come is null ? "" : $"there is {Shorten(come)}")}";
            }
        return null;
    }

    static string Shorten(string row) => Plans.Rows.RowCheck.Shorten(row, 120);
}
