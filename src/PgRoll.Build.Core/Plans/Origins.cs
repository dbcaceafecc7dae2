using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Operations;
using PgRoll.Build.Plans.Parts;

namespace PgRoll.Build.Plans;

/// <summary>
/// Which operation asks for what a rollout makes in a database: they are applied once more, one by one, and what each adds is looked at.
/// So nothing that makes a plan has to carry a file's places along, and an operation that is added is known here by itself.
/// </summary>
sealed class Origins
{
    readonly Dictionary<string, Table> tables = [];
    readonly Dictionary<(string Table, string Name), Origin> columns = [], notNulls = [], constraints = [], indexes = [];
    readonly Dictionary<string, Origin> made = [];
    readonly Dictionary<string, List<(RowMapping Mapping, Origin Origin)>> mappings = [];

    Origins(Schema before) => Look(before, null);

    public static Origins Of(IReadOnlyList<Migration> migrations, Schema before)
    {
        var (origins, schema) = (new Origins(before), before);
        foreach (var migration in migrations)
            for (var i = 0; i < migration.Operations.Count; i++)
                origins.Look(schema = migration.Operations[i].Apply(schema), new(migration, i));
        return origins;
    }

    /// <summary>A table that the rollout makes.</summary>
    public Location? Table(Table table) => made.TryGetValue(table.Physical, out var origin) ? origin.At("") : null;

    /// <summary>A column that the rollout makes.</summary>
    public Location? Column(TableChange table, Column column) =>
        columns.TryGetValue(Key(table, column.Physical), out var origin) ? origin.At(origin.Operation is AddColumn ? "column" : "") : null;

    /// <summary>What computes a column that the rollout makes: of a chain the last expression.</summary>
    public Location? NewValue(TableChange table, Column column) => (
        from m in Of(table)
        where m.Mapping switch
        {
            ColumnsChanged changed => changed.After.Any(c => c.Physical == column.Physical && changed.Columns.Any(mapped => mapped.Column == c.Name)),
            ColumnAdded added => added.Column.Physical == column.Physical,
            _ => false,
        }
        select m.Origin.At(Up(m.Origin.Operation, m.Mapping, column))).LastOrDefault();

    /// <summary>That a column takes no NULL.</summary>
    public Location? NotNull(TableChange table, Column column) => notNulls.TryGetValue(Key(table, column.Physical), out var origin) ? origin.At(origin.Operation switch
    {
        AddColumn => "column.nullable",
        AlterColumn { IsNullable: false } => "nullable",
        CreateConstraint => "type",
        _ => "up",
    }) : null;

    /// <summary>A constraint, or the copy of one.</summary>
    public Location? Constraint(TableChange table, Constraint constraint) =>
        constraints.TryGetValue(Key(table, constraint.Physical), out var origin) ? origin.At(Field(origin.Operation, constraint)) : null;

    /// <summary>An index, or the copy of one.</summary>
    public Location? Index(TableChange table, Model.Index index) => indexes.TryGetValue(Key(table, index.Physical), out var origin)
        ? origin.At(origin.Operation is CreateIndex ? index.IsUnique ? "unique" : "" : "up")
        : null;

    /// <summary>An expression.</summary>
    public Location? Expression(TableChange table, ExpressionFunction function) => function switch
    {
        { Mapping: { } mapping } => Of(table).Skip(table.After.Mappings.TakeWhile(m => !ReferenceEquals(m, mapping)).Count()).Select(m => m.Origin.At(Field(m.Origin.Operation, function))).FirstOrDefault(),
        { Column: { } column } => Column(table, column),
        _ => null,
    };

    /// <summary>A table's mappings in their order: those made by applying the operations once more are others than the schema's own.</summary>
    List<(RowMapping Mapping, Origin Origin)> Of(TableChange table) => mappings.TryGetValue(table.After.Physical, out var all) ? all : [];

    static string Up(Operation operation, RowMapping mapping, Column column) => (operation, mapping) switch
    {
        (AddColumn { Up: null }, _) => "column.default",
        (CreateConstraint or DropMulticolumnConstraint, ColumnsChanged changed) => DocumentPath.Join("up", changed.After.First(c => c.Physical == column.Physical).Name),
        _ => "up",
    };

    static string Field(Operation operation, Constraint constraint) => (operation, constraint) switch
    {
        (AddColumn, CheckConstraint) => "column.check.constraint",
        (AddColumn, ForeignKey) => "column.references",
        (AddColumn, _) => "column.unique",
        (AlterColumn { Check.Name: var name }, CheckConstraint) when name == constraint.Name => "check.constraint",
        (AlterColumn { References.Name: var name }, ForeignKey) when name == constraint.Name => "references",
        (AlterColumn { Unique: var name }, _) when name == constraint.Name => "unique",
        (CreateConstraint { Constraint.Name: var name }, CheckConstraint) when name == constraint.Name => "check",
        (CreateConstraint { Constraint.Name: var name }, ForeignKey) when name == constraint.Name => "references",
        (CreateConstraint { Constraint.Name: var name }, _) when name == constraint.Name => "columns",
        // A constraint that was there before, over the values that `up` makes.
        _ => "up",
    };

    static string Field(Operation operation, ExpressionFunction function) => operation switch
    {
        AddColumn { Up: null } => "column.default",
        CreateConstraint or DropMulticolumnConstraint => DocumentPath.Join(function.Direction, function.Column!.Name),
        _ => function.Direction,
    };

    void Look(Schema schema, Origin? origin)
    {
        foreach (var table in schema.Tables)
        {
            if (!tables.TryGetValue(table.Physical, out var before))
                Add(made, table.Physical, origin);
            else if (!ReferenceEquals(table, before) && origin is not null)
                Look(before, table, origin);
            tables[table.Physical] = table;
        }
    }

    void Look(Table before, Table after, Origin origin)
    {
        foreach (var column in after.Columns.Where(c => before.Columns.All(b => b.Physical != c.Physical)))
            columns[(after.Physical, column.Physical)] = origin;
        foreach (var column in after.Columns.Where(c => !c.IsNullable))
            if ((before.Columns.FirstOrDefault(b => b.Physical == column.Physical) ?? before.Find(column.Name)) is not { IsNullable: false } known)
                notNulls[(after.Physical, column.Physical)] = origin;
            else if (known.Physical != column.Physical)
                Carry(notNulls, after, known.Physical, column.Physical, origin);
        foreach (var constraint in after.Constraints.Where(c => before.Constraints.All(b => b.Physical != c.Physical)))
            Carry(constraints, after, before.FindConstraint(constraint.Name)?.Physical, constraint.Physical, origin);
        foreach (var index in after.Indexes.Where(i => before.Indexes.All(b => b.Physical != i.Physical)))
            Carry(indexes, after, before.Indexes.FirstOrDefault(b => b.Name == index.Name)?.Physical, index.Physical, origin);
        if (!mappings.TryGetValue(after.Physical, out var all))
            mappings[after.Physical] = all = [];
        all.AddRange(after.Mappings.Skip(before.Mappings.Count).Select(mapping => (mapping, origin)));
    }

    /// <summary>The copy of what the rollout itself asks for is asked for by the same operation.</summary>
    static void Carry(Dictionary<(string, string), Origin> known, Table table, string? from, string to, Origin origin) =>
        known[(table.Physical, to)] = from is not null && known.TryGetValue((table.Physical, from), out var first) ? first : origin;

    static void Add(Dictionary<string, Origin> known, string name, Origin? origin)
    {
        if (origin is not null)
            known[name] = origin;
    }

    static (string, string) Key(TableChange table, string name) => (table.After.Physical, name);

    sealed record Origin(Migration Migration, int Index)
    {
        public Operation Operation => Migration.Operations[Index];

        public Location At(string field) => Migration.At(Index, field);
    }
}
