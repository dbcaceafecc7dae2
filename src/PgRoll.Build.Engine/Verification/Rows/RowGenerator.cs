using PgRoll.Build.Model;

namespace PgRoll.Build.Engine.Verification.Rows;

/// <summary>
/// Makes rows of a version: usual ones first, then one for each rare value of each column, by turns. Whatever rules the table has beyond
/// types and keys, it refuses by itself.
/// </summary>
/// <param name="types">Values of the types.</param>
/// <param name="rows">How many for a table.</param>
/// <param name="first">The number of the first row: rows with other numbers have other values.</param>
sealed class RowGenerator(TypeValues types, int rows, int first)
{
    const int Few = 5;

    /// <param name="schema">The version.</param>
    /// <param name="tables">The tables, those that others point to before them.</param>
    public IReadOnlyList<CandidateRow> Of(Schema schema, IReadOnlyList<RowTarget> tables) =>
        [.. tables.SelectMany(t => Of(schema, t.Table, t.Keys).Take(t.IsConcerned ? rows : Math.Min(Few, rows)))];

    /// <summary>Many usual rows of a table.</summary>
    public IEnumerable<CandidateRow> Ordinary(Schema schema, RowTarget target, int count)
    {
        List<Column> columns = [.. target.Table.Columns.Where(c => IsSaid(c, target.Keys))];
        return Enumerable.Range(first, count).Select(i => new CandidateRow(target.Table.Name, RowKind.Ordinary,
            [.. columns.Select(c => Value(schema, c, target.Keys, i)).OfType<CandidateValue>().Select(v => v.Reference is { } other ? v with { Reference = other with { Number = other.Number % 100, IsAmongFirst = true } } : v)]));
    }

    IEnumerable<CandidateRow> Of(Schema schema, Table table, IReadOnlyList<ForeignKey> keys)
    {
        var own = table.Constraints.OfType<ForeignKey>().Select(key => key.Name).ToHashSet();
        List<Column> columns = [.. table.Columns.Where(c => IsSaid(c, keys))];
        List<Column> nullable = [.. columns.Where(c => c is { IsNullable: true, HasNotNullDomain: false })];
        var usual = Math.Max(rows * 3 / 10, 2);
        var number = first;
        CandidateRow Row(RowKind kind, Func<Column, CandidateValue, CandidateValue?> change, int? like = null)
        {
            var i = number++;
            return new(table.Name, kind, [.. columns.Select(c => Value(schema, c, keys, IsKey(table, c) ? i : like ?? i)).OfType<CandidateValue>().Select(v => change(table.Find(v.Column)!, v)).OfType<CandidateValue>()]);
        }
        for (var i = 0; i < usual; i++)
            yield return Row(RowKind.Ordinary, (_, v) => v);
        if (nullable.Count > 0)
            yield return Row(RowKind.Nulls, (c, v) => nullable.Contains(c) ? new(c.Name, null) : v);
        yield return Row(RowKind.Defaults, (c, v) => c is { Default: null, IsNullable: false } ? v : null);
        foreach (var column in nullable.Count > 1 ? nullable : [])
            yield return Row(RowKind.Nulls, (c, v) => c == column ? new(c.Name, null) : v);
        yield return Row(RowKind.Loose, (_, v) => v, like: first);
        foreach (var key in keys.Where(k => !own.Contains(k.Name)))
            yield return Row(RowKind.Loose, (c, v) => key.Columns.Contains(c.Name) && types.Of(c.Type.Canonical) is { } source ? new(c.Name, source.Ordinary(7_000 + number)) : v);
        for (var edge = 0; columns.Any(c => Edges(c).Count > edge); edge++)
            foreach (var column in columns.Where(c => Edges(c).Count > edge && keys.All(k => !k.Columns.Contains(c.Name))))
                yield return Row(RowKind.Edge, (c, v) => c == column ? new(c.Name, Edges(c)[edge]) : v);
    }

    IReadOnlyList<string> Edges(Column column) => types.Of(column.Type.Canonical)?.Edges ?? [];

    /// <summary>What counts is left to count, or others would meet its numbers.</summary>
    static bool IsSaid(Column column, IReadOnlyList<ForeignKey> keys) => column is { GeneratedAs: null, Identity: not { Always: true } } && keys.Any(k => k.Columns.Contains(column.Name))
        || column is { GeneratedAs: null, Identity: null, Sequence: null } && column.Default?.ToSql().Text.Contains("nextval(", StringComparison.Ordinal) != true;

    static bool IsKey(Table table, Column column) =>
        table.Constraints.OfType<UniqueConstraint>().Any(u => u.Columns.Contains(column.Name)) || table.Indexes.Any(i => i.IsUnique && i.Columns.Contains(column.Name));

    CandidateValue? Value(Schema schema, Column column, IReadOnlyList<ForeignKey> keys, int i)
    {
        var key = keys.FirstOrDefault(k => k.Columns.Contains(column.Name));
        if (key is not null && schema.Find(key.ReferencedTable) is { } target)
        {
            var referenced = key.ReferencedColumns.Count > 0 ? key.ReferencedColumns : target.PrimaryKey?.Columns ?? [];
            if (referenced.Count == key.Columns.Count)
                return new(column.Name, null, new(target.Name, referenced[key.Columns.TakeWhile(c => c != column.Name).Count()], referenced, i - first));
        }
        return types.Of(column.Type.Canonical) is { } source ? new(column.Name, source.Ordinary(i)) : null;
    }
}
