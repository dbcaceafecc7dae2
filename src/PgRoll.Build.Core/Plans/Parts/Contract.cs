using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans.Parts;

/// <summary>
/// What <c>complete</c> does to a table that both versions have: the old version's columns go, everything provisional takes its final
/// name and form. All of it is catalog work, milliseconds under ACCESS EXCLUSIVE: rows were read, and everything proven, before.
/// The order: foreign keys first (they hold the keys they point to), then constraints and columns, then names, then what the final
/// names carry.
/// </summary>
static class Contract
{
    public static IEnumerable<SqlStep> DropForeignKeys(TableChange table) =>
        from key in Gone(table).OfType<ForeignKey>()
        select new SqlStep($"'{key.Name}' goes, or its copy takes its place", DropConstraint(table, key.Physical));

    /// <summary>Before an identity is made of the column, which demands it.</summary>
    public static IEnumerable<SqlStep> SetNotNull(TableChange table, RowMap map, ServerFacts facts)
    {
        foreach (var column in table.NewColumns)
            if (!column.IsNullable && map.Computes(column))
            {
                // The valid check spares the scan.
                yield return new(column.NotNull is { IsValid: false } ? $"'{column.Name}' takes no NULL from now on, as before" : $"'{column.Name}' is proven to hold no NULL", NotNullSql.Set(table, column, facts));
                yield return new("NOT NULL says the same", DropConstraint(table, ShadowColumn.NotNullCheck(table, column)));
            }
    }

    public static IEnumerable<SqlStep> DropConstraints(TableChange table) =>
        from constraint in Gone(table)
        where constraint is not ForeignKey && !constraint.Uses(IsOld(table))
        select new SqlStep($"'{constraint.Name}' is no longer wanted", DropConstraint(table, constraint.Physical));

    /// <summary>All that goes: the columns, and what the planner knows to lie on them or to be unwanted.</summary>
    public static IEnumerable<Drop> Drops(TableChange table, RowMap map) =>
    [
        .. table.OldColumns.Select(c => new Drop(DropKind.Column, table.Name, c.Physical)
        {
            KeptSequence = table.NewColumns.Any(n => n.Sequence is not null && table.Origin(n) == c) ? c.Sequence : null,
        }),
        .. map.IsNeeded ? [new Drop(DropKind.Column, table.Name, GeneratedNames.Marker)] : (Drop[])[],
        .. Gone(table).Select(c => new Drop(DropKind.Constraint, table.Name, c.Physical)),
        .. GoneIndexes(table).Select(i => new Drop(DropKind.Index, table.Name, i.Physical)),
    ];

    public static IEnumerable<SqlStep> DropColumns(TableChange table, RowMap map)
    {
        foreach (var column in table.NewColumns)
        {
            if (column.Sequence is { } sequence && table.Origin(column) is { Sequence: not null } origin)
                yield return new("the sequence stays when the old half goes", Sql.Of(
                    $"ALTER SEQUENCE {new QualifiedName(table.Name.Schema, new Ident(sequence))}{(origin.Type.WidensTo(column.Type) ? Sql.Of($" AS {column.Type}") : Sql.Empty)} OWNED BY {table.Name}.{new Ident(column.Physical)}"));
            foreach (var other in column.OtherSequences)
                yield return new("the sequence stays when the old half goes", Sql.Of(
                    $"ALTER SEQUENCE {new QualifiedName(table.Name.Schema, new Ident(other))} OWNED BY {table.Name}.{new Ident(column.Physical)}"));
        }
        IReadOnlyList<string> dropped = [.. table.OldColumns.Select(c => c.Physical), .. map.IsNeeded ? [GeneratedNames.Marker] : (string[])[]];
        if (dropped.Count > 0)
            yield return new("what only the old version showed", Sql.Of(
                $"ALTER TABLE {table.Name} {Sql.Join(", ", dropped.Select(c => Sql.Of($"DROP COLUMN {new Ident(c)}")))}"));
    }

    public static IEnumerable<SqlStep> RenameColumns(TableChange table) =>
        from rename in Renames.Order(table.After.Columns.Select(c => new Rename(c.Physical, c.Name, Sql.Of($"COLUMN"))))
        select new SqlStep("its final name", Sql.Of($"ALTER TABLE {table.Name} RENAME {rename.Kind} {new Ident(rename.From)} TO {new Ident(rename.To)}"));

    /// <summary>Runs after the renames: columns go by their final names.</summary>
    public static IEnumerable<SqlStep> SettleColumns(TableChange table, RowMap map)
    {
        foreach (var column in table.After.Columns)
        {
            var name = new Ident(column.Name);
            var before = table.Before.Columns.FirstOrDefault(c => c.Physical == column.Physical);
            var stored = StoredDefault(table, map, column);
            if (column.Default != stored)
                yield return new($"the default of '{column.Name}', which the version's view carried until now", column.Default is { } value
                    ? Sql.Of($"ALTER TABLE {table.Name} ALTER COLUMN {name} SET DEFAULT {value}")
                    : Sql.Of($"ALTER TABLE {table.Name} ALTER COLUMN {name} DROP DEFAULT"));
            if (before is not null && before.Comment != column.Comment)
                yield return new($"what '{column.Name}' is for", Sql.Of($"COMMENT ON COLUMN {table.Name}.{name} IS {Comment(column.Comment)}"));
        }
        if (table.Before.Comment != table.After.Comment)
            yield return new("what the table is for", Sql.Of($"COMMENT ON TABLE {table.Name} IS {Comment(table.After.Comment)}"));
    }

    /// <summary>Constraints without an index: their names are the table's own affair.</summary>
    public static IEnumerable<SqlStep> RenameConstraints(TableChange table, ServerFacts facts) =>
        from rename in Renames.Order(table.After.Constraints.Where(c => !c.HasIndex).Select(c => new Rename(c.Physical, c.Name, Sql.Of($"CONSTRAINT")))
            .Concat(NotNullSql.Names(table, facts)))
        select new SqlStep("its final name", Sql.Of($"ALTER TABLE {table.Name} RENAME {rename.Kind} {new Ident(rename.From)} TO {new Ident(rename.To)}"));

    /// <summary>Indexes share their names with those of every other table; one that a constraint is yet to adopt is renamed by that.</summary>
    public static IEnumerable<Rename> IndexNames(TableChange table) =>
        table.After.Constraints.Where(c => c.HasIndex).Except(table.NewConstraints).Select(c => (c.Physical, c.Name))
            .Concat(table.After.Indexes.Select(i => (i.Physical, i.Name)))
            .Select(name => new Rename(name.Physical, name.Name, Sql.Of($"INDEX")));

    public static IEnumerable<SqlStep> AdoptIndexes(TableChange table) =>
        from unique in table.NewConstraints.OfType<UniqueConstraint>()
        select new SqlStep($"'{unique.Name}' adopts its index", Sql.Of(
            $"ALTER TABLE {table.Name} ADD CONSTRAINT {new Ident(unique.Name)} {ConstraintSql.Kind(unique)} USING INDEX {new Ident(unique.Physical)}{ConstraintSql.Deferral(unique.Deferral)}"));

    /// <summary>What hung on the constraints and indexes whose place the copies took.</summary>
    public static IEnumerable<SqlStep> DescribeCopies(TableChange table, ServerFacts facts)
    {
        IEnumerable<(string Name, string? Comment)> constraints = table.NewConstraints.Select(c => (c.Name, c.Comment));
        if (facts.HasNamedNotNull)
            constraints = constraints.Concat(table.NewColumns.Select(c => (NotNullSql.Name(table.After, c), c.NotNull?.Comment)));
        foreach (var (name, comment) in constraints)
            if (comment is not null)
                yield return new($"what '{name}' is for", Sql.Of($"COMMENT ON CONSTRAINT {new Ident(name)} ON {table.Name} IS {new Literal(comment)}"));
        foreach (var index in table.NewIndexes)
            foreach (var step in IndexSql.Describe(index.Name, index.Properties, table.Name))
                yield return step;
        foreach (var unique in table.NewConstraints.OfType<UniqueConstraint>())
            foreach (var step in IndexSql.Describe(unique.Name, unique.IndexProperties, table.Name))
                yield return step;
    }

    /// <summary>Said again where a copy takes the place of the index it names: the server forgets it with the index.</summary>
    public static IEnumerable<SqlStep> SetReplicaIdentity(TableChange table)
    {
        var identity = table.After.ReplicaIdentity;
        var isCopied = table.NewIndexes.Any(i => i.Name == identity.Index) || table.NewConstraints.Any(c => c.HasIndex && c.Name == identity.Index);
        if (isCopied || identity != table.Before.ReplicaIdentity && !IsRenamed(table))
            yield return ReplicaIdentitySql.Set(table.Name, identity);
    }

    static bool IsRenamed(TableChange table) =>
        table.Before.ReplicaIdentity.Index is { } before && table.After.ReplicaIdentity.Index is { } after
        && (table.After.Indexes.Any(i => i.Name == after && i.Physical == before) || table.After.Constraints.Any(c => c.Name == after && c.HasIndex && c.Physical == before));

    /// <summary>Dropped in the transaction only where another index takes the name: the lock it needs is held there anyway.</summary>
    public static IEnumerable<SqlStep> DropIndexes(TableChange table, Schema after) =>
        from index in GoneIndexes(table)
        where after.FindIndexOwner(index.Name) is not null
        select new SqlStep($"index '{index.Name}' makes room for another of its name", Sql.Of(
            $"DROP INDEX {new QualifiedName(table.Name.Schema, new Ident(index.Physical))}"));

    /// <summary>Afterwards, concurrently: clients of the table need not wait.</summary>
    public static IEnumerable<SqlStep> DropIndexesConcurrently(TableChange table, Schema after) =>
        from index in GoneIndexes(table)
        where after.FindIndexOwner(index.Name) is null
        select new SqlStep($"index '{index.Name}' is no longer wanted", Sql.Of(
            $"DROP INDEX CONCURRENTLY IF EXISTS {new QualifiedName(table.Name.Schema, new Ident(index.Physical))}"))
        {
            Lock = new(LockMode.ShareUpdateExclusive, table.Name),
        };

    /// <summary>The default that the column has in the table while the rollout is active.</summary>
    public static SqlExpression? StoredDefault(TableChange table, RowMap map, Column column) =>
        table.Before.Columns.FirstOrDefault(c => c.Physical == column.Physical) is { } before ? before.Default
        : map.Computes(column) ? null
        : column.Default;

    public static IEnumerable<Constraint> Gone(TableChange table) =>
        table.Before.Constraints.Where(b => table.After.Constraints.All(a => a.Physical != b.Physical));

    static IEnumerable<Model.Index> GoneIndexes(TableChange table) =>
        table.Before.Indexes.Where(b => table.After.Indexes.All(a => a.Physical != b.Physical) && !b.Columns.Any(IsOld(table)));

    /// <summary>Whether a column goes, and all that lies on it.</summary>
    static Func<string, bool> IsOld(TableChange table) => new HashSet<string>(table.OldColumns.Select(c => c.Name)).Contains;

    static Sql DropConstraint(TableChange table, string name) => Sql.Of($"ALTER TABLE {table.Name} DROP CONSTRAINT {new Ident(name)}");

    static Sql Comment(string? text) => text is null ? Sql.Of($"NULL") : Sql.Of($"{new Literal(text)}");
}
