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

    /// <summary>Names of relations that the rollout drops, but only at complete: until then they are taken.</summary>
    public IReadOnlyList<string> Leaving { get; init; } = [];

    /// <summary>Who may use the schema.</summary>
    public IReadOnlyList<Grant> Grants { get; init; } = [];

    /// <summary>The table of that name, or null.</summary>
    public Table? Find(string name) => Tables.FirstOrDefault(t => t.Name == name);

    /// <summary>The table that holds an index or constraint index of that name, or null: these names are schema-wide.</summary>
    public Table? FindIndexOwner(string name) => Tables.FirstOrDefault(t =>
        t.Indexes.Any(i => i.Name == name) || t.Constraints.Any(c => c.Name == name && c.HasIndex));

    /// <summary>The name a new table or index bears until complete: its own, unless something that is still there has it.</summary>
    internal string PhysicalFor(string name)
    {
        var isTaken = Leaving.Contains(name) || Tables.Any(t =>
            t.Physical == name || t.Indexes.Any(i => i.Physical == name) || t.Constraints.Any(c => c.HasIndex && c.Physical == name));
        return isTaken ? GeneratedNames.New(name) : name;
    }

    /// <summary>The foreign keys that point to a table, and the tables they belong to.</summary>
    internal IEnumerable<(Table Table, ForeignKey Key)> ForeignKeysTo(string table) =>
        from owner in Tables
        from key in owner.Constraints.OfType<ForeignKey>()
        where key.ReferencedSchema is null && key.ReferencedTable == table
        select (owner, key);

    /// <summary>Changes every foreign key that points to a table.</summary>
    internal Schema PointForeignKeys(string table, Func<ForeignKey, ForeignKey> change)
    {
        Constraint Change(Constraint constraint) =>
            constraint is ForeignKey { ReferencedSchema: null } key && key.ReferencedTable == table ? change(key) : constraint;
        var owners = new HashSet<string>(ForeignKeysTo(table).Select(f => f.Table.Name));
        return this with
        {
            Tables = [.. Tables.Select(t => owners.Contains(t.Name) ? t with { Constraints = [.. t.Constraints.Select(Change)] } : t)],
        };
    }

    /// <summary>
    /// Gives a column a second half in the database. Whatever names the column gets a copy over the new half: constraints and indexes
    /// of its table, and foreign keys that point to it.
    /// </summary>
    internal Schema CopyColumn(Table table, Column column, Column after, Func<Table, Table> more)
    {
        var physical = GeneratedNames.IsNew(column.Physical) ? column.Physical : table.PhysicalForNew(column.Name);
        bool Points(ForeignKey key) => key.ReferencedColumns.Contains(column.Name);
        var schema = this;
        if (ForeignKeysTo(table.Name).Any(f => Points(f.Key)))
            schema = PointForeignKeys(table.Name, key => Points(key) ? key with { Physical = GeneratedNames.CopyOnce(key.Physical) } : key);
        return schema.Replace(table, t => more(t with
        {
            Columns = [.. t.Columns.Select(c => c.Name == column.Name ? after with { Physical = physical } : c)],
            Constraints = [.. t.Constraints.Select(c => c.Columns.Contains(column.Name) ? c with { Physical = GeneratedNames.CopyOnce(c.Physical) } : c)],
            Indexes = [.. t.Indexes.Select(i => i.Columns.Contains(column.Name) ? i with { Physical = GeneratedNames.CopyOnce(i.Physical) } : i)],
        }));
    }

    internal Schema Add(Table table) => this with { Tables = [.. Tables, table] };

    internal Schema Remove(Table table) => this with { Tables = [.. Tables.Where(t => t.Name != table.Name)] };

    internal Schema Replace(Table table, Func<Table, Table> change) =>
        this with { Tables = [.. Tables.Select(t => t.Name == table.Name ? change(t) : t)] };

    /// <summary>The schema as it is once the rollout is complete: every object bears its own name.</summary>
    public Schema Settled() => this with { Leaving = [], Tables = [.. Tables.Select(t => t.Settled())] };
}
