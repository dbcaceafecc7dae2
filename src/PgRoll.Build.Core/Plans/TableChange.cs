using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans;

/// <summary>One table in the two versions of a rollout.</summary>
/// <param name="Name">Its name in the database while the rollout is active.</param>
/// <param name="Before">What the old version shows.</param>
/// <param name="After">What the new version shows.</param>
sealed record TableChange(QualifiedName Name, Table Before, Table After)
{
    /// <summary>Columns that the old version alone shows: dropped ones and the old halves of changed ones.</summary>
    public IReadOnlyList<Column> OldColumns { get; } = Except(Before.Columns, After.Columns);

    /// <summary>Columns that the new version alone shows: added ones and the new halves of changed ones.</summary>
    public IReadOnlyList<Column> NewColumns { get; } = Except(After.Columns, Before.Columns);

    public IEnumerable<Model.Index> NewIndexes =>
        After.Indexes.Where(i => Before.Indexes.All(b => b.Physical != i.Physical));

    public IEnumerable<Constraint> NewConstraints =>
        After.Constraints.Where(c => Before.Constraints.All(b => b.Physical != c.Physical));

    public IEnumerable<ExtendedStatistics> NewStatistics =>
        After.Statistics.Where(s => Before.Statistics.All(b => b.Physical != s.Physical));

    /// <summary>The column that <paramref name="column"/> of the new version was in the old one; null for an added column.</summary>
    public Column? Origin(Column column)
    {
        var name = column.Name;
        foreach (var mapping in After.Mappings.Reverse())
            if (mapping is ColumnRenamed renamed && renamed.To == name)
                name = renamed.From;
            else if (mapping is ColumnAdded added && added.Column.Name == name)
                return null;
        return Before.Find(name);
    }

    /// <summary>Whether any operation touched it: tables are immutable, so one that none touched is the very same value.</summary>
    public bool IsTouched => !ReferenceEquals(Before, After);

    static IReadOnlyList<Column> Except(IReadOnlyList<Column> columns, IReadOnlyList<Column> others)
    {
        var physical = new HashSet<string>(others.Select(c => c.Physical));
        return [.. columns.Where(c => !physical.Contains(c.Physical))];
    }
}
