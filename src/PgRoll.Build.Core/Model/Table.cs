using PgRoll.Build.SqlText;

namespace PgRoll.Build.Model;

/// <summary>A table.</summary>
/// <param name="Name">Its name in this version.</param>
public sealed record Table(string Name)
{
    /// <summary>Its name in the database.</summary>
    public string Physical { get => field ?? Name; init; }

    /// <summary>Its columns, in the order of the version's view.</summary>
    public IReadOnlyList<Column> Columns { get; init; } = [];

    /// <summary>Keys, checks, foreign keys and exclusions.</summary>
    public IReadOnlyList<Constraint> Constraints { get; init; } = [];

    /// <summary>Indexes that belong to no constraint.</summary>
    public IReadOnlyList<Index> Indexes { get; init; } = [];

    /// <summary>Statistics over several columns or expressions.</summary>
    public IReadOnlyList<ExtendedStatistics> Statistics { get; init; } = [];

    /// <summary>The comment, or null.</summary>
    public string? Comment { get; init; }

    /// <summary>Who may do what with it.</summary>
    public IReadOnlyList<Grant> Grants { get; init; } = [];

    /// <summary>What the server logs of a changed row's old version.</summary>
    public ReplicaIdentity ReplicaIdentity { get; init; } = ReplicaIdentity.Default;

    /// <summary>How it is divided into partitions; null where it is not.</summary>
    public Partitioning? Partitioning { get; init; }

    /// <summary>Whether it is divided into partitions.</summary>
    public bool IsPartitioned => Partitioning is not null;

    /// <summary>Whether policies decide which rows a role sees.</summary>
    public bool HasRowSecurity { get; init; }

    /// <summary>The role it belongs to; null for the one that reads and changes the schema.</summary>
    public string? Owner { get; init; }

    /// <summary>Whether it inherits from another table, or another one from it.</summary>
    public bool IsInherited { get; init; }

    /// <summary>Whether the rollout makes it: then nobody uses it yet, and operations shape it in place.</summary>
    public bool IsNew { get; init; }

    /// <summary>How a row of the previous version becomes a row of this one, in the order of the operations; empty when settled.</summary>
    public IReadOnlyList<RowMapping> Mappings { get; init; } = [];

    /// <summary>The table's name when the last of the mappings was made, for which pgroll names its triggers; null where there is none.</summary>
    internal string? MappedAs { get; init; }

    /// <summary>The primary key, or null.</summary>
    public UniqueConstraint? PrimaryKey => Constraints.OfType<UniqueConstraint>().FirstOrDefault(c => c.IsPrimaryKey);

    /// <summary>The column of that name, or null.</summary>
    public Column? Find(string column) => Columns.FirstOrDefault(c => c.Name == column);

    /// <summary>The constraint of that name, or null.</summary>
    public Constraint? FindConstraint(string name) => Constraints.FirstOrDefault(c => c.Name == name);

    internal IEnumerable<Ident> PhysicalNames(IEnumerable<string> columns) => columns.Select(c => new Ident(Find(c)?.Physical ?? c));

    internal IReadOnlyDictionary<string, string> PhysicalNames() => Columns.ToDictionary(c => c.Name, c => c.Physical);

    /// <summary>The columns that an expression may name.</summary>
    internal IReadOnlyList<string> ColumnsIn(SqlExpression expression) => ColumnsAmong(expression.ReferencedNames.Select(n => n.Name));

    /// <summary>The columns that a clause may name.</summary>
    internal IReadOnlyList<string> ColumnsIn(SqlClause clause) => ColumnsAmong(clause.ReferencedNames);

    IReadOnlyList<string> ColumnsAmong(IEnumerable<string> names)
    {
        var among = new HashSet<string>(names);
        return [.. Columns.Select(c => c.Name).Where(among.Contains)];
    }

    /// <summary>The name a new column bears until complete.</summary>
    internal string PhysicalForNew(string column)
    {
        var name = GeneratedNames.New(column);
        for (var i = 2; Columns.Any(c => c.Physical == name); i++)
            name = GeneratedNames.New($"{column}_{i}");
        return name;
    }

    /// <summary>The table with a column under another name, in everything that names it.</summary>
    internal Table RenameColumn(string from, string to)
    {
        var names = new Dictionary<string, string> { [from] = to };
        IReadOnlyList<string> Rename(IReadOnlyList<string> columns) => columns.Contains(from) ? [.. columns.Select(c => c == from ? to : c)] : columns;
        return this with
        {
            Columns =
            [
                .. Columns.Select(c => c.Name == from ? c with { Name = to, Physical = IsNew ? to : c.Physical }
                    : c.GeneratedAs is { } expression ? c with { GeneratedAs = expression.Rename(names) }
                    : c),
            ],
            Constraints =
            [
                .. Constraints.Select(c => (c with { Columns = Rename(c.Columns) }) switch
                {
                    UniqueConstraint unique => unique with { Include = Rename(unique.Include) },
                    CheckConstraint check => check with { Expression = check.Expression.Rename(names) },
                    ForeignKey key => key with { OnDeleteSetColumns = Rename(key.OnDeleteSetColumns) },
                    ExclusionConstraint exclusion => exclusion with { Definition = exclusion.Definition.Rename(names) },
                    var other => other,
                }),
            ],
            Indexes = [.. Indexes.Select(i => i.Columns.Contains(from) ? i with { Columns = Rename(i.Columns), Definition = i.Definition.Rename(names) } : i)],
            Statistics = [.. Statistics.Select(s => s.Columns.Contains(from) ? s with { Columns = Rename(s.Columns), Targets = s.Targets.Rename(names) } : s)],
            Grants = [.. Grants.Select(g => g.Column == from ? g with { Column = to } : g)],
            Partitioning = Partitioning?.RenameColumn(from, to),
        };
    }

    internal Table Replace(string column, Func<Column, Column> change) =>
        this with { Columns = [.. Columns.Select(c => c.Name == column ? change(c) : c)] };

    internal Table Map(RowMapping mapping) => this with
    {
        Mappings = [.. Mappings, mapping],
        MappedAs = mapping is ColumnRenamed ? MappedAs : Name,
    };

    internal Table Settled() => IsSettled ? this : this with
    {
        Physical = Name,
        Columns = [.. Columns.Select(c => c with { Physical = c.Name })],
        Constraints = [.. Constraints.Select(c => c with { Physical = c.Name })],
        Indexes = [.. Indexes.Select(i => i with { Physical = i.Name })],
        Statistics = [.. Statistics.Select(s => s with { Physical = s.Name })],
        Mappings = [],
        MappedAs = null,
        IsNew = false,
    };

    // Of a long history's many tables each migration touches few.
    bool IsSettled =>
        !IsNew && Physical == Name && Mappings.Count == 0 && MappedAs is null
        && Columns.All(c => c.Physical == c.Name) && Constraints.All(c => c.Physical == c.Name)
        && Indexes.All(i => i.Physical == i.Name) && Statistics.All(s => s.Physical == s.Name);
}
