namespace PgRoll.Build.Model;

/// <summary>
/// A base schema as one version of the application sees it: an immutable value. Every object carries two names: the one this
/// version calls it by, and <c>Physical</c>, the one it bears in the database while a rollout is active. They differ only then.
/// </summary>
/// <param name="Name">The base schema, <c>public</c> unless told otherwise.</param>
/// <param name="Tables">Its tables, in order of creation offline and of name when read from a server.</param>
public sealed record Schema(string Name, IReadOnlyList<Table> Tables)
{
    /// <summary>A schema without tables.</summary>
    public static Schema Empty(string name) => new(name, []);

    /// <summary>Whether raw SQL ran that nothing here understands: what is missing may then exist all the same.</summary>
    public bool IsPartlyUnknown { get; init; }

    /// <summary>Names of relations and constraints that the rollout drops, but only at complete: until then they are taken.</summary>
    public IReadOnlyList<string> Leaving { get; init; } = [];

    /// <summary>Who may use the schema.</summary>
    public IReadOnlyList<Grant> Grants { get; init; } = [];

    /// <summary>What the server grants on objects as they are made.</summary>
    public DefaultPrivileges Defaults { get; init; } = new();

    /// <summary>The table of that name, or null.</summary>
    public Table? Find(string name) => Tables is TableList list ? list.Find(name) : Tables.FirstOrDefault(t => t.Name == name);

    /// <summary>The table that holds an index or constraint index of that name, or null: these names are schema-wide.</summary>
    public Table? FindIndexOwner(string name) => !MayHold(name) ? null : Tables.FirstOrDefault(t =>
        t.Indexes.Any(i => i.Name == name) || t.Constraints.Any(c => c.Name == name && c.HasIndex));

    /// <summary>The name that PostgreSQL gives to a relation that a statement leaves nameless: the first that is free.</summary>
    internal string Choose(string table, string? column, string label)
    {
        bool IsTaken(string name) =>
            Find(name) is not null || (MayHold(name) && (FindIndexOwner(name) is not null || Tables.Any(t => t.Columns.Any(c => c.OwnSequence == name))));
        var chosen = PostgresNames.Choose(table, column, label);
        for (var i = 1; IsTaken(chosen); i++)
            chosen = PostgresNames.Choose(table, column, FormattableString.Invariant($"{label}{i}"));
        return chosen;
    }

    /// <summary>The name a new table or index bears until complete: its own, unless something that is still there has it.</summary>
    internal string PhysicalFor(string name)
    {
        var isTaken = Leaving.Contains(name) || MayHold(name) && Tables.Any(t =>
            t.Physical == name || t.Indexes.Any(i => i.Physical == name) || t.Constraints.Any(c => c.HasIndex && c.Physical == name));
        return isTaken ? GeneratedNames.New(name) : name;
    }

    /// <summary>A new constraint under the name it bears until complete.</summary>
    internal Constraint Place(Constraint constraint, Table table)
    {
        var (name, isTaken) = (constraint.Name, Leaving.Contains(constraint.Name) || table.Constraints.Any(c => c.Physical == constraint.Name));
        return constraint with
        {
            Physical = constraint.HasIndex ? PhysicalFor(name) : isTaken && !table.IsNew ? GeneratedNames.New(name) : name,
        };
    }

    /// <summary>Remembers names that a table gives up at complete; what the rollout itself makes is not made in the first place.</summary>
    internal Schema Leave(Table table, IEnumerable<string> physicalNames) =>
        table.IsNew ? this : this with { Leaving = [.. Leaving, .. physicalNames] };

    /// <summary>The foreign keys that point to a table, and the tables they belong to.</summary>
    internal IEnumerable<(Table Table, ForeignKey Key)> ForeignKeysTo(string table) =>
        from owner in Tables
        from key in owner.Constraints.OfType<ForeignKey>()
        where key.ReferencedSchema is null && key.ReferencedTable == table
        select (owner, key);

    /// <summary>Changes every foreign key that points to a table.</summary>
    internal Schema PointForeignKeys(string table, Func<ForeignKey, ForeignKey> change)
    {
        Constraint Point(Constraint constraint) =>
            constraint is ForeignKey { ReferencedSchema: null } key && key.ReferencedTable == table ? change(key) : constraint;
        var owners = new HashSet<string>(ForeignKeysTo(table).Select(f => f.Table.Name));
        return owners.Count == 0 ? this : Change(t => owners.Contains(t.Name) ? t with { Constraints = [.. t.Constraints.Select(Point)] } : t);
    }

    /// <summary>
    /// Gives columns a second half in the database. Whatever names one of them gets a copy over the new halves: constraints, indexes and
    /// statistics of the table, and foreign keys that point to it.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="after">The columns as they shall be; each has the name of the one it comes from.</param>
    internal Schema CopyColumns(Table table, IReadOnlyList<Column> after)
    {
        Column Copy(Column column) => GeneratedNames.IsNew(column.Physical) ? column : column with { Physical = table.PhysicalForNew(column.Name) };
        var copies = after.Select(Copy).ToDictionary(c => c.Name);
        bool Points(ForeignKey key) => key.ReferencedColumns.Any(copies.ContainsKey);
        IReadOnlyList<Constraint> constraints = [.. table.Constraints.Where(c => c.Uses(copies.ContainsKey))];
        IReadOnlyList<Index> indexes = [.. table.Indexes.Where(i => i.Columns.Any(copies.ContainsKey))];
        var schema = ForeignKeysTo(table.Name).Any(f => Points(f.Key))
            ? PointForeignKeys(table.Name, key => Points(key) ? key with { Physical = GeneratedNames.CopyOnce(key.Physical) } : key)
            : this;
        return schema.Leave(table, constraints.Select(c => c.Physical).Concat(indexes.Select(i => i.Physical))).Replace(table, t => t with
        {
            Columns = [.. t.Columns.Select(c => copies.TryGetValue(c.Name, out var copy) ? copy : c)],
            Constraints = [.. t.Constraints.Select(c => c.Uses(copies.ContainsKey) ? c with { Physical = GeneratedNames.CopyOnce(c.Physical) } : c)],
            Indexes = [.. t.Indexes.Select(i => indexes.Contains(i) ? i with { Physical = GeneratedNames.CopyOnce(i.Physical) } : i)],
            Statistics = [.. t.Statistics.Select(s => s.Columns.Any(copies.ContainsKey) ? s with { Physical = GeneratedNames.CopyOnce(s.Physical) } : s)],
        });
    }

    /// <summary>Whether a table, an index, a constraint or a sequence may have that name, or bear it in the database; if not, none does.</summary>
    internal bool MayHold(string name) => Tables is not TableList list || list.MayHold(name);

    /// <summary>The same schema, made for many changes one after the other.</summary>
    internal Schema ForManyChanges() => Tables is TableList ? this : this with { Tables = TableList.Of(Tables) };

    internal Schema Add(Table table) => this with { Tables = Tables is TableList list ? list.Add(table) : [.. Tables, table] };

    internal Schema Remove(Table table) => this with { Tables = [.. Tables.Where(t => t.Name != table.Name)] };

    internal Schema Replace(Table table, Func<Table, Table> change) =>
        this with { Tables = Tables is TableList list ? list.Replace(table.Name, change) : [.. Tables.Select(t => t.Name == table.Name ? change(t) : t)] };

    /// <summary>The schema as it is once the rollout is complete: every object bears its own name.</summary>
    public Schema Settled() => Change(table => table.Settled()) with { Leaving = [] };

    /// <summary>The schema with each table changed; tables that stay the same cost next to nothing.</summary>
    internal Schema Change(Func<Table, Table> change) =>
        this with { Tables = Tables is TableList list ? list.Change(change) : [.. Tables.Select(change)] };
}
