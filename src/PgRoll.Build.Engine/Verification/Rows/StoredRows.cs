using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Verification.Rows;

/// <summary>Rows that are there, as rows to write once more.</summary>
static class StoredRows
{
    public static async Task<IReadOnlyList<CandidateRow>> ReadAsync(Session session, string schema, IEnumerable<Table> tables, int most, CancellationToken ct)
    {
        List<CandidateRow> rows = [];
        foreach (var table in tables)
        {
            List<string> columns = [.. table.Columns.Where(c => c is { GeneratedAs: null, Identity: not { Always: true } }).Select(c => c.Name)];
            if (columns.Count > 0)
                rows.AddRange(await session.QueryAsync(
                    Sql.Of($"SELECT {columns.Select(c => Sql.Of($"CAST({new Ident(c)} AS pg_catalog.text)"))} FROM {QualifiedName.Of(schema, table.Name)} LIMIT {most}").Text,
                    row => new CandidateRow(table.Name, RowKind.Ordinary, [.. columns.Select((c, i) => new CandidateValue(c, row.IsDBNull(i) ? null : row.GetString(i)))]), ct));
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
}
