namespace PgRoll.Build.Engine.Tests.ModelTest;

/// <summary>Draws a table and what happens to it.</summary>
sealed class MigrationDrawer(Random random)
{
    /// <summary>A check of several columns holds the others too, so none of them is dropped.</summary>
    const string Several = "several_";

    static readonly IReadOnlyList<string> Names = ["a", "b", "c", "name", "Name", "1st", "_x", "order", "d e", "note", "first", "last", "full"];

    int _cells, _constraints;

    /// <summary>A table of an id and two to five columns.</summary>
    public Shape Table()
    {
        var shape = new Shape([new Column(0, 0, "id", "id", Kind.Int)]);
        for (var count = random.Next(2, 6); count > 0; count--)
        {
            var column = Describe(NewName(shape), isOld: true);
            column = random.Next(20) switch
            {
                0 => column with { Kind = Kind.Int, IsNumbered = true, IsNullable = false, Default = null },
                1 => column with { Kind = Kind.Moment, Default = new("now()", null) },
                2 => column with { Kind = Kind.Text, Default = null, Unique = NewConstraint() },
                3 or 4 when column.Kind.Forbidden is not null => column with { Check = NewConstraint() },
                _ => column,
            };
            shape = new([.. shape.Columns, column]);
        }
        if (random.Next(6) == 0 && Checkable(shape) is [var one, var other, ..] && Several + NewConstraint() is var several)
            shape = shape.With(one with { Check = several }).With(other with { Check = several });
        if (random.Next(6) == 0 && random.OneOrNull(shape.Columns.Where(c => IsFree(c) && (c.Kind.IsText || c.Kind.IsInteger))) is { } source)
            shape = new([.. shape.With(source with { IsFixed = true }).Columns, Describe(NewName(shape), isOld: true) with
            {
                Kind = source.Kind, IsNullable = true, Default = null, IsReadOnly = true, Generated = new(source.Cell, Expression.Column(source).Twisted(source.Kind, random.Next(2))),
            }]);
        return shape;
    }

    /// <summary>One to three files of one to four changes in all.</summary>
    public IReadOnlyList<IReadOnlyList<Change>> Files(Shape shape)
    {
        List<Change> changes = [];
        for (var count = random.Next(1, 5); changes.Count < count;)
        {
            IReadOnlyList<Change> drawn = random.Next(6) == 0 ? Pattern(shape) : Single(shape) is { } one ? [one] : [];
            changes.AddRange(drawn);
            shape = drawn.Aggregate(shape, (s, change) => change.Apply(s));
        }
        var files = random.Next(3) == 0 ? Math.Min(changes.Count, random.Next(2, 4)) : 1;
        return [.. Enumerable.Range(0, files).Select(i => changes[(i * changes.Count / files)..((i + 1) * changes.Count / files)])];
    }

    Change? Single(Shape shape) => random.Next(20) switch
    {
        < 5 => Add(shape),
        < 11 => Alter(shape),
        < 14 => Drop(shape, random.OneOrNull(shape.Columns.Where(IsDroppable))),
        < 15 => random.OneOrNull(shape.Columns.Where(c => !c.IsId)) is { } renamed ? Rename(renamed.Name, NewName(shape)) : null,
        < 16 => random.OneOrNull(shape.Columns) is { } column ? ChangeDefault(column) : null,
        < 18 => Constrain(shape),
        _ => Unconstrain(shape),
    };

    /// <summary>Changes that belong together.</summary>
    IReadOnlyList<Change> Pattern(Shape shape)
    {
        switch (random.Next(6))
        {
            case 0 when random.OneOrNull(shape.Columns.Where(c => c.Kind == Kind.Text && IsFree(c) && !shape.HasAny("first", "last"))) is { } name:
                var first = Add(shape, New(shape, "first", Kind.Text), Expression.Column(name).Word(true));
                var next = first.Apply(shape);
                var last = Add(next, New(next, "last", Kind.Text), Expression.Column(name).Word(false));
                next = last.Apply(next);
                return [first, last, Drop(next, name, Expression.Column(next["first"]).And(Expression.Column(next["last"])))];
            case 1 when shape.Columns.Where(c => c.Kind == Kind.Text && IsFree(c)).ToList() is [var one, var other, ..] && !shape.HasAny("full"):
                var full = Add(shape, New(shape, "full", Kind.Text), Expression.Column(one).And(Expression.Column(other)));
                var merged = full.Apply(shape);
                var dropOne = Drop(merged, one, Expression.Column(merged["full"]).Word(true));
                return [full, dropOne, Drop(dropOne.Apply(merged), other, Expression.Column(merged["full"]).Word(false))];
            case 2 when shape.Columns.Where(c => !c.IsId).ToList() is [var left, var right, ..]:
                return [Rename(left.Name, "swapped"), Rename(right.Name, left.Name), Rename("swapped", right.Name)];
            case 3 when random.OneOrNull(shape.Columns.Where(IsDroppable)) is { } gone:
                var drop = Drop(shape, gone);
                return drop is null ? [] : [drop, Add(drop.Apply(shape), gone.Name)];
            case 4 or 5:
                var plain = New(shape, NewName(shape), null) with { IsNullable = true };
                return ChangeDefault(plain) is { } changed ? [new Added($"add_column: {{ table: t, column: {{ {Describe(plain, plain.Kind.Type)} }} }}", plain, null), changed] : [];
            default:
                return [];
        }
    }

    Added Add(Shape shape, string? name = null)
    {
        var column = New(shape, name ?? NewName(shape), null);
        var (up, type, extra) = (default(Expression), column.Kind.Type, "");
        switch (random.Next(12))
        {
            case 0:
                (column, type) = (column with { Kind = Kind.Int, IsNumbered = true, IsNullable = false, Default = null }, "serial");
                break;
            case 1 or 11:
                (column, type) = (column with { Kind = Kind.Big, IsNumbered = true, IsReadOnly = true, IsNullable = false, Default = null }, "bigint");
                extra = ", generated: { identity: {} }";
                break;
            case 2:
                (column, type) = (column with { Kind = Kind.Int, Default = new("(random() * 1000000)::int", null, IsPerRow: true) }, "int");
                break;
            case 3:
                (column, type) = (column with { Kind = Kind.Moment, Default = new("now()", null) }, Kind.Moment.Type);
                break;
            case 4:
                (column, type) = (column with { Kind = Kind.Text, Default = null, IsNullable = true, Unique = column.Name }, "text");
                extra = ", unique: true";
                up = random.Next(2) == 0 ? Value(shape, column, null) : null;
                break;
            case 5 when column.Kind.Forbidden is not null:
                column = column with { Check = NewConstraint() };
                extra = $", check: {{ name: {column.Check}, constraint: {Quoted(CheckOf([column]))} }}";
                goto default;
            default:
                if (random.Next(2) == 0 || column is { IsNullable: false, Default: null })
                    up = Value(shape, column, null);
                break;
        }
        return new($"add_column: {{ table: t, column: {{ {Describe(column, type)}{extra} }}{Mapping("up", up)} }}", column, up);
    }

    static Added Add(Shape shape, Column column, Expression up) =>
        new($"add_column: {{ table: t, column: {{ {Describe(column, column.Kind.Type)} }}{Mapping("up", up.For(column, shape.Id))} }}", column, up.For(column, shape.Id));

    Altered? Alter(Shape shape)
    {
        // The key is altered rarely, and only to a wider type.
        if (random.Next(15) == 0 && shape.Id is { Kind: { } kind } id && kind == Kind.Int)
            return Alter(id, Copy(shape, id) with { Kind = Kind.Big }, "type: bigint", Expression.Column(id), Expression.Column(id));
        if (random.OneOrNull(shape.Columns.Where(c => !c.IsId && c is { Unique: null, IsFixed: false, Generated: null })) is not { } column)
            return null;
        if (column.IsNumbered)
            return column.Root is null || column.Kind != Kind.Int ? null
                : Alter(column, Copy(shape, column) with { Kind = Kind.Big }, "type: bigint", Expression.Column(column), Expression.Column(column));
        if (!column.IsInput)
            return null;
        var (after, what) = (Copy(shape, column), new List<string>());
        if (random.Next(2) == 0 && column.Check is null)
        {
            after = after with { Kind = random.One(Kind.Usable), Default = null };
            what.AddRange([$"type: {after.Kind}", "default: null"]);
        }
        if (what.Count == 0 || random.Next(2) == 0)
        {
            after = after with { IsNullable = !column.IsNullable };
            what.Add($"nullable: {(after.IsNullable ? "true" : "false")}");
        }
        if (after.Check is null && after.Kind.Forbidden is not null && random.Next(4) == 0)
        {
            after = after with { Check = NewConstraint() };
            what.Add($"check: {{ name: {after.Check}, constraint: {Quoted(CheckOf([after]))} }}");
        }
        if (random.Next(4) == 0 || after.Default?.Value is { } value && value == after.Kind.Forbidden && after.Check is not null)
        {
            after = after with { Default = Default.Of(after.Kind, Ordinary(after)) };
            what.Remove("default: null");
            what.Add($"default: {Quoted(after.Default.Sql)}");
        }
        var (up, down) = (Value(shape, after, column), Value(shape.With(after), column, after));
        // Where the other version takes every value, the file need not say how.
        var isPlain = what is [['n', ..], ..] && what.All(w => w[0] is 'n' or 'd');
        if (isPlain && after.IsNullable && random.Next(2) == 0)
            up = null;
        if (isPlain && !after.IsNullable && random.Next(2) == 0)
            down = null;
        return Alter(column, after, string.Join(", ", what), up, down);
    }

    static Altered Alter(Column before, Column after, string what, Expression? up, Expression? down) => new(
        $"alter_column: {{ table: t, column: {Quoted(before.Name)}, {what}{Mapping("up", up)}{Mapping("down", down)} }}",
        [new(before, after, up ?? Expression.Column(before), down ?? Expression.Column(after))]);

    DefaultChanged? ChangeDefault(Column column)
    {
        if (column.IsId || column.Unique is not null || column.Generated is not null || !column.IsInput)
            return null;
        var value = column.Default is not null && random.Next(3) == 0 ? null : Default.Of(column.Kind, Ordinary(column));
        return value == column.Default ? null : new DefaultChanged(
            $"alter_column: {{ table: t, column: {Quoted(column.Name)}, default: {(value is null ? "null" : Quoted(value.Sql))} }}", column with { Default = value });
    }

    Dropped? Drop(Shape shape, Column? column) =>
        // A number that is altered and then dropped without down would be drawn by whoever cannot see it.
        column is null || shape.Columns.Count < 3 || column.IsNumbered && column.Cell != column.Root && column.Root is not null ? null
        : column is { IsNumbered: false, IsInput: true, Generated: null } && (column is { IsNullable: false, Default: null } || random.Next(2) == 0)
            ? Drop(shape, column, Value(new([.. shape.Columns.Where(c => c != column)]), column, null))
        : column.IsNumbered || column.IsNullable || column.Default is not null
            ? new($"drop_column: {{ table: t, column: {Quoted(column.Name)} }}", column, null)
        : null;

    static Dropped Drop(Shape shape, Column column, Expression down) => new(
        $"drop_column: {{ table: t, column: {Quoted(column.Name)}{Mapping("down", down.For(column, shape.Id))} }}", column, down.For(column, shape.Id));

    static Renamed Rename(string from, string to) => new($"rename_column: {{ table: t, from: {Quoted(from)}, to: {Quoted(to)} }}", from, to);

    /// <summary>A check of one or two columns, or a unique constraint.</summary>
    Altered? Constrain(Shape shape)
    {
        if (random.Next(3) == 0)
        {
            var name = NewConstraint();
            return random.OneOrNull(shape.Columns.Where(c => IsFree(c) && c.Default is null && c.Kind == Kind.Text)) is { } unique
                ? Constraint(shape, [unique], c => c with { Unique = name }, "create_constraint", $"name: {name}, type: unique, columns: [{Quoted(unique.Name)}]")
                : null;
        }
        IReadOnlyList<Column> columns = [.. random.Shuffled(Checkable(shape)).Take(random.Next(1, 3))];
        var check = columns.Count > 1 ? Several + NewConstraint() : NewConstraint();
        return columns.Count == 0 ? null : Constraint(shape, columns, c => c with { Check = check }, "create_constraint",
            $"name: {check}, type: check, columns: [{string.Join(", ", columns.Select(c => Quoted(c.Name)))}], check: {Quoted(CheckOf(columns))}");
    }

    static IReadOnlyList<Column> Checkable(Shape shape) => [.. shape.Columns.Where(c =>
        IsFree(c) && c.Kind.Forbidden is { } forbidden && c.Default?.Value != forbidden)];

    Altered? Unconstrain(Shape shape)
    {
        if (random.OneOrNull(shape.Columns.Where(c => c.Check is not null || c.Unique is not null)) is not { } constrained)
            return null;
        var name = constrained.Check ?? constrained.Unique!;
        IReadOnlyList<Column> columns = [.. shape.Columns.Where(c => c.Check == name || c.Unique == name)];
        static Column Freed(Column column) => column with { Check = null, Unique = null };
        if (columns.Count > 1)
            return Constraint(shape, columns, Freed, "drop_multicolumn_constraint", $"name: {Quoted(name)}");
        var after = Freed(Copy(shape, constrained));
        var (up, down) = (Value(shape, after, constrained), Value(shape.With(after), constrained, after));
        return new($"drop_constraint: {{ table: t, name: {Quoted(name)}{Mapping("up", up)}{Mapping("down", down)} }}", [new(constrained, after, up, down)]);
    }

    Altered Constraint(Shape shape, IReadOnlyList<Column> columns, Func<Column, Column> change, string operation, string what)
    {
        IReadOnlyList<Column> afters = [.. columns.Select(c => change(Copy(shape, c)))];
        var after = afters.Aggregate(shape, (s, c) => s.With(c));
        IReadOnlyList<Alteration> alterations = [.. columns.Zip(afters).Select(c => new Alteration(c.First, c.Second, Value(shape, c.Second, c.First), Value(after, c.First, c.Second)))];
        return new(
            $"{operation}: {{ table: t, {what}, up: {{ {string.Join(", ", alterations.Select(a => $"{Quoted(a.Before.Name)}: {Quoted(a.Up.Sql)}"))} }}, down: {{ {string.Join(", ", alterations.Select(a => $"{Quoted(a.Before.Name)}: {Quoted(a.Down.Sql)}"))} }} }}",
            alterations);
    }

    /// <summary>An expression over a version's row: mostly of the column itself, hardly ever its inverse.</summary>
    Expression Value(Shape from, Column target, Column? self)
    {
        IReadOnlyList<Column> inputs = [.. from.Columns.Where(c => c.IsInput && !c.IsId)];
        var input = self is not null && random.Next(4) > 0 || inputs.Count == 0 ? self ?? from.Id : random.One(inputs);
        var value = random.Next(20) == 0
            ? Expression.Constant(random.One(target.Kind.Usual), target.IsNullable && target.Check is null ? null : target.Kind)
            : Expression.Column(input).As(input.Kind, target.Kind).Twisted(target.Kind, random.Next(8));
        if (target.Kind == Kind.Text && random.Next(5) == 0 && random.OneOrNull(inputs.Where(c => c.Kind.IsText)) is { } other)
            value = value.And(Expression.Column(other));
        return value.For(target, from.Id);
    }

    Column New(Shape shape, string name, Kind? kind)
    {
        var column = Describe(name, isOld: false) with { Physical = shape.Provisional(name) };
        return kind is null ? column : column with { Kind = kind, Default = null };
    }

    Column Describe(string name, bool isOld)
    {
        var (cell, kind) = (++_cells, random.One(Kind.Usable));
        var column = new Column(cell, isOld ? cell : null, name, name, kind) { IsNullable = random.Next(5) < 3 };
        return random.Next(5) < 2 ? column with { Default = Default.Of(kind, Ordinary(column)) } : column;
    }

    /// <summary>The new half; of a column that the rollout made, the column itself.</summary>
    Column Copy(Shape shape, Column column) => column with
    {
        Cell = ++_cells,
        Physical = column.Physical.StartsWith("_pgroll_new_", StringComparison.Ordinal) ? column.Physical : shape.Provisional(column.Name),
    };

    /// <summary>A value that no check of this model refuses.</summary>
    string Ordinary(Column column) => random.One(column.Kind.Usual.Where(v => v != column.Kind.Forbidden));

    /// <summary>Bound by nothing.</summary>
    static bool IsFree(Column column) => !column.IsId && column is { Check: null, Unique: null, IsInput: true, IsFixed: false, Generated: null };

    static bool IsDroppable(Column column) => !column.IsId && column is { IsFixed: false, Generated: null } && column.Check?.StartsWith(Several, StringComparison.Ordinal) is not true;

    string NewName(Shape shape) => random.One(Names.Where(n => !shape.HasAny(n)));

    string NewConstraint() => $"k{++_constraints}";

    static string CheckOf(IEnumerable<Column> columns) => string.Join(" AND ", columns.Select(c => $"{c.Sql} <> {SqlLiteral.Of(c.Kind.Forbidden!)}"));

    static string Mapping(string field, Expression? value) => value is null ? "" : $", {field}: {Quoted(value.Sql)}";

    /// <summary>The table as its own migration says it.</summary>
    public static string Create(Shape shape) =>
        $"create_table: {{ name: t, columns: [{string.Join(", ", shape.Columns.Select(c => $"{{ {Describe(c, c.IsNumbered ? "serial" : c.Kind.Type)}{(c.IsId ? ", pk: true" : "")}{(c.Generated is { } value ? $", generated: {{ expression: {Quoted(value.Value.Sql)} }}" : "")} }}"))}]"
        + (shape.Columns.Where(c => (c.Check ?? c.Unique) is not null).GroupBy(c => (c.Check ?? c.Unique)!).ToList() is { Count: > 0 } constraints
            ? $", constraints: [{string.Join(", ", constraints.Select(c =>
                $"{{ name: {c.Key}, type: {(c.First().Check is null ? "unique" : $"check, check: {Quoted(CheckOf(c))}")}, columns: [{string.Join(", ", c.Select(x => Quoted(x.Name)))}] }}"))}]"
            : "") + " }";

    static string Describe(Column column, string type) =>
        $"name: {Quoted(column.Name)}, type: {type}, nullable: {(column.IsNullable ? "true" : "false")}{(column.Default is { } value ? $", default: {Quoted(value.Sql)}" : "")}";

    static string Quoted(string text) => SqlLiteral.Of(text);
}

static class Drawing
{
    public static T One<T>(this Random random, IEnumerable<T> items) => items.ToList() is var all ? all[random.Next(all.Count)] : default!;

    public static T? OneOrNull<T>(this Random random, IEnumerable<T> items) where T : class => items.ToList() is { Count: > 0 } all ? all[random.Next(all.Count)] : null;

    public static IReadOnlyList<T> Shuffled<T>(this Random random, IEnumerable<T> items) => [.. items.OrderBy(_ => random.Next())];

    public static bool HasAny(this Shape shape, params string[] names) => shape.Columns.Any(c => names.Contains(c.Name));
}
