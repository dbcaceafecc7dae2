namespace PgRoll.Build.Engine.Tests.ModelTest;

/// <summary>Draws what clients of both versions, and of the table itself, write before, during and after a rollout.</summary>
sealed class WriteDrawer(Random random, Migration migration, bool isCompleted)
{
    const int FirstRows = 40;

    static readonly Given @default = new Given.Default(), same = new Given.Same(), excluded = new Given.Excluded();

    /// <summary>The last two manners need connections of their own, which take longer than all else: not every story has them.</summary>
    readonly int _manners = random.Next(3) == 0 ? 6 : 4;

    readonly List<int> _ids = [];
    int _fresh;

    public IReadOnlyList<Write> Draw()
    {
        var old = new Client(Version.Old, Version.Old, Manner.Exact);
        List<Write> writes = [new(Phase.Before, old, Insert(old, Form.Plain, FirstRows, isUpsert: false))];
        foreach (var (phase, count) in (ReadOnlySpan<(Phase, int)>)[(Phase.Before, 4), (Phase.Unfilled, 4), (Phase.OneBatch, 4), (Phase.TwoBatches, 4), (Phase.Both, 40), (Phase.After, 8)])
            for (var i = 0; i < count; i++)
                writes.Add(Draw(phase));
        return writes;
    }

    Write Draw(Phase phase)
    {
        var client = DrawClient(phase);
        var form = random.Next(6) switch
        {
            0 => Form.Prepared,
            1 when client.Speaks == Version.Base => Form.Copy,
            2 when client.Speaks == Version.Base && phase == Phase.Both => Form.Replicated,
            _ => Form.Plain,
        };
        if (form == Form.Replicated)
            client = new(Version.Base, Version.Base, Manner.Exact);
        return new(phase, client, form is Form.Copy ? Insert(client, form, random.Next(1, 3), false, phase) : random.Next(20) switch
        {
            < 4 => Insert(client, form, random.Next(1, 3), isUpsert: false, phase),
            < 8 => Insert(client, form, random.Next(1, 3), isUpsert: true, phase),
            8 => new Delete(random.One(_ids)),
            _ => Update(client, form, phase),
        });
    }

    Client DrawClient(Phase phase)
    {
        var manner = (Manner)random.Next(_manners);
        if (phase is Phase.Before or Phase.After)
        {
            var only = phase == Phase.Before || !isCompleted ? Version.Old : Version.New;
            var speaks = random.Next(4) == 0 ? Version.Base : only;
            return new(speaks, random.Next(3) == 0 || speaks == Version.Base ? Version.Base : only, manner);
        }
        if (phase != Phase.Both)
            return random.Next(3) == 0 ? new(Version.Base, Version.Base, manner) : new(Version.Old, random.Next(3) == 0 ? Version.Base : Version.Old, manner);
        var version = random.Next(8) switch { < 3 => Version.Old, < 7 => Version.New, _ => Version.Base };
        // Mostly its own version, sometimes none, rarely the other.
        var path = version == Version.Base ? random.One([Version.Base, Version.Base, Version.Old, Version.New]) : random.Next(12) switch
        {
            0 => version == Version.Old ? Version.New : Version.Old,
            < 4 => Version.Base,
            _ => version,
        };
        return new(version, path, manner);
    }

    Insert Insert(Client client, Form form, int rows, bool isUpsert, Phase phase = Phase.Before)
    {
        var columns = Columns(client, phase, isInsert: true)
            .Where(c => !c.IsId && !c.IsNumbered && !c.IsReadOnly && (MustWrite(client, c) || random.Next(10) < 7)).ToList();
        List<(int, IReadOnlyList<Given>)> values = [];
        for (var i = 0; i < rows; i++)
        {
            var isThere = isUpsert && _ids.Count > 0 && random.Next(3) > 0;
            var id = isThere ? random.One(_ids.Where(id => values.All(v => v.Item1 != id))) : _ids.Count + 1;
            if (!isThere)
                _ids.Add(id);
            values.Add((id, [.. columns.Select(c => form == Form.Plain && IsDefaultable(client, c) && c.Unique is null && random.Next(8) == 0 ? @default : Value(c))]));
        }
        return new(form, columns, values, isUpsert ? Assign(client, phase, columns) : null);
    }

    /// <summary>What an upsert does to a row that is there: mostly what it proposed.</summary>
    Assignments Assign(Client client, Phase phase, List<Column> proposed)
    {
        List<Column> set = [.. random.Shuffled(proposed).Take(random.Next(1, Math.Max(2, proposed.Count + 1)))];
        if (set.Count == 0)
            set = [random.One(Assignable(client, phase))];
        return new(set.Select(c => (c, random.Next(8) == 0 || !proposed.Contains(c) ? same : excluded)));
    }

    Update Update(Client client, Form form, Phase phase)
    {
        List<Column> columns = [.. random.Shuffled(Assignable(client, phase))];
        IReadOnlyList<int> ids = random.Next(5) == 0 ? [.. random.Shuffled(_ids).Take(3)] : [random.One(_ids)];
        // All columns at once is how some mappers save.
        var count = random.Next(5) == 0 ? columns.Count : random.Next(1, Math.Min(3, columns.Count) + 1);
        return new(form, ids, new(columns.Take(count).Select(c => (c, Assigned(client, c, form, ids.Count > 1)))));
    }

    /// <summary>The key is sent, unchanged, only where there is nothing else.</summary>
    List<Column> Assignable(Client client, Phase phase) =>
        Columns(client, phase, isInsert: false).ToList() is var all && all.Where(c => !c.IsId && !c.IsReadOnly).ToList() is { Count: > 0 } others ? others : [all.First(c => c.IsId)];

    Given Assigned(Client client, Column column, Form form, bool isSeveral) =>
        column.IsId || column.IsNumbered || isSeveral && column.Unique is not null ? same : random.Next(10) switch
        {
            0 or 1 => same,
            2 when column.IsNullable => new Given.Literal(null),
            3 when form == Form.Plain && IsDefaultable(client, column) && column.Unique is null && KnowsDefault(client, column) => @default,
            _ => Value(column),
        };

    /// <summary>What a client can name. Whoever writes the table itself sees both versions' columns, and writes those of one, or all.</summary>
    IEnumerable<Column> Columns(Client client, Phase phase, bool isInsert)
    {
        if (client.Speaks != Version.Base)
            return client.Speaks == Version.Old ? migration.Before.Columns : migration.After.Columns;
        if (phase is Phase.Before or Phase.After)
            return phase == Phase.Before || !isCompleted ? migration.Before.Columns : migration.After.Columns;
        // A row of the table is named by the old version's key, and no client of it draws the new version's numbers.
        var canWriteNew = !migration.NewOnly.Any(c => c.IsNumbered || c.IsId && isInsert);
        return (canWriteNew ? random.Next(6) : 5) switch
        {
            0 => migration.Before.Columns.Concat(migration.NewOnly),
            1 => migration.After.Columns.Select(c => migration.Before.Find(c.Cell) ?? c),
            _ => migration.Before.Columns,
        };
    }

    Given.Literal Value(Column column)
    {
        if (column.IsNullable && random.Next(7) == 0)
            return new(null);
        if (column.Unique is not null || random.Next(3) == 0)
            return new(column.Kind.Fresh(++_fresh));
        return new(random.One(column.Kind.Usual.Where(v => column.Check is null || v != column.Kind.Forbidden)));
    }

    /// <summary>The default of what a version computes stands on its view alone.</summary>
    bool HasDefault(Client client, Column column) => column.Default is not null && (client.Speaks != Version.Base || !migration.Computes(column));

    bool MustWrite(Client client, Column column) => !column.IsNullable && !HasDefault(client, column);

    bool IsDefaultable(Client client, Column column) => column.IsNullable || HasDefault(client, column);

    /// <summary>To SET c = DEFAULT, a view that does not carry the default itself takes NULL for it: that is the server's way, whoever made the view.</summary>
    bool KnowsDefault(Client client, Column column) => column.Default is null || client.Speaks == Version.Base || migration.Computes(column);
}
