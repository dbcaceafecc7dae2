using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Verification.Rows;

/// <summary>Rows that are there, as rows to write once more.</summary>
static class StoredRows
{
    public static async Task<IReadOnlyList<CandidateRow>> ReadAsync(VersionClient client, IEnumerable<Table> tables, int most, CancellationToken ct)
    {
        List<CandidateRow> rows = [];
        foreach (var table in tables)
        {
            List<string> columns = [.. table.Columns.Where(c => c is { GeneratedAs: null, Identity: not { Always: true } }).Select(c => c.Name)];
            if (columns.Count > 0)
                rows.AddRange(await client.Session.QueryAsync(
                    Sql.Of($"SELECT CAST(r AS pg_catalog.text), {columns.Select(c => Sql.Of($"CAST(r.{new Ident(c)} AS pg_catalog.text)"))} FROM {QualifiedName.Of(client.Schema, table.Name)} AS r LIMIT {most}").Text,
                    row => new CandidateRow(table.Name, RowKind.Ordinary, [.. columns.Select((c, i) => new CandidateValue(c, row.IsDBNull(i + 1) ? null : row.GetString(i + 1)))]) { Shown = row.GetString(0) }, ct));
        }
        return rows;
    }

    /// <summary>For each column that may have it a row with NULL there: each of another row, or their keys would be the same.</summary>
    public static IEnumerable<CandidateRow> WithNulls(IReadOnlyList<CandidateRow> rows, IReadOnlyList<RowTarget> tables) =>
        from target in tables
        where target.IsConcerned
        from pair in target.Table.Columns.Where(c => c is { IsNullable: true, HasNotNullDomain: false }).Zip(rows.Where(r => r.Table == target.Table.Name))
        where pair.Second.Values.Any(v => v.Column == pair.First.Name)
        select pair.Second.WithNull(pair.First.Name);

    /// <summary>Each row with the values of the next one of its table, but for those of keys: rows to change it to.</summary>
    public static IEnumerable<CandidateRow> Turned(IReadOnlyList<CandidateRow> rows, IReadOnlyList<RowTarget> tables) =>
        from target in tables
        where target.IsConcerned
        let own = rows.Where(r => r.Table == target.Table.Name).ToList()
        from pair in own.Zip(own.Skip(1).Concat(own.Take(1)))
        let values = pair.Second.Values.Where(v => !IsOfKey(target, v.Column)).ToList()
        where values.Count > 0 && own.Count > 1
        select pair.First with { Values = values };

    static bool IsOfKey(RowTarget target, string column) =>
        target.Table.Constraints.Any(c => c.HasIndex && c.Columns.Contains(column)) || target.Table.Indexes.Any(i => i.IsUnique && i.Columns.Contains(column));
}
