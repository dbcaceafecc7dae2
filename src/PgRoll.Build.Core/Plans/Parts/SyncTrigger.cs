using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans.Parts;

/// <summary>
/// Keeps the two versions of a row in step while both are live: one function per table, fired by an INSERT and an UPDATE trigger.
/// src/DIRECTION.md is its truth table.
/// It decides once, before it assigns anything, through which version the row was written:
///   1. by evidence: a column that one version alone shows was written, so that version wrote it (shared columns prove nothing);
///   2. without evidence, by the schemas that the client's search path resolves to;
///   3. where none of them is a version, by a NULL that the old version forbids, else it is the old version.
/// Then it computes the other version's columns, but only those whose inputs changed: an update of something else never touches what
/// the other version stored. Where both sides were written (a client of the base table), it computes nothing.
/// One function, not one per column: triggers see each other's assignments, and those would look like evidence.
/// What a WHEN clause names, the server keeps from being dropped. pgroll drops columns before the function, so a rollout that it shall be
/// able to end names its columns in a function of the two rows, whose text nothing depends on; the server inlines it.
/// The marker column tells the backfill's own update (true to false within one statement) and rows that move between partitions
/// (inserted with false) from clients' writes; both must pass untouched.
/// </summary>
sealed class SyncTrigger(TableChange table, RowMap map, string name, string versionSchema, string? previousVersionSchema)
{
    static readonly Ident Marker = new(GeneratedNames.Marker);

    readonly QualifiedName _function = new(table.Name.Schema, new Ident(name));

    readonly QualifiedName _changed = new(table.Name.Schema, new Ident(GeneratedNames.RowComparison(table.After.Name)));

    readonly IReadOnlyList<string> _old = [.. Comparable(table.OldColumns)], _new = [.. Comparable(table.NewColumns)];

    public IEnumerable<SqlStep> Install()
    {
        // ACCESS EXCLUSIVE, but of the catalog only: a constant default is stored once, no row is touched.
        // With nothing to fill, existing rows count as done and only rows to come are marked.
        yield return new($"marks the rows of '{table.Before.Name}' that are still to be brought to the new version", map.Ups.Count > 0
            ? Sql.Of($"ALTER TABLE {table.Name} ADD COLUMN {Marker} boolean NOT NULL DEFAULT true")
            : Sql.Of($"ALTER TABLE {table.Name} ADD COLUMN {Marker} boolean NOT NULL DEFAULT false, ALTER COLUMN {Marker} SET DEFAULT true"))
        {
            Lock = new(LockMode.AccessExclusive, table.Name),
            Undo = Sql.Of($"ALTER TABLE {table.Name} DROP COLUMN IF EXISTS {Marker}"),
        };
        yield return new($"keeps both versions of a row of '{table.Before.Name}' in step", Sql.Of(
            $"""
             CREATE FUNCTION {_function}() RETURNS trigger
             LANGUAGE plpgsql AS {Sql.DollarQuoted(Body())}
             """))
        {
            Undo = Sql.Of($"DROP FUNCTION IF EXISTS {_function}()"),
        };
        if (NamesNoColumns(table))
            yield return new($"whether an update of '{table.Before.Name}' matters to the other version", Sql.Of(
                $"""
                 CREATE FUNCTION {_changed}(anyelement, anyelement) RETURNS boolean
                 LANGUAGE sql IMMUTABLE AS {Sql.DollarQuoted(Sql.Of($"SELECT {Differ(Relevant.Select(c => Sql.Of($"($1).{c}")), Relevant.Select(c => Sql.Of($"($2).{c}")))}"))};
                 GRANT EXECUTE ON FUNCTION {_changed}(anyelement, anyelement) TO PUBLIC
                 """))
            {
                Undo = Sql.Of($"DROP FUNCTION IF EXISTS {_changed}(anyelement, anyelement)"),
            };
        yield return Trigger(GeneratedNames.InsertTrigger, "fires for rows that clients insert", Sql.Of($"INSERT"), Sql.Of($"NEW.{Marker}"));
        yield return Trigger(GeneratedNames.UpdateTrigger, "fires where an update matters to the other version", Sql.Of($"UPDATE"), Sql.Of(
            $"(OLD.{Marker} AND NEW.{Marker}) OR (NOT OLD.{Marker} AND {(NamesNoColumns(table) ? Sql.Of($"{_changed}(OLD.*, NEW.*)") : Changed(Relevant.Select(c => c.Name)))})"));
        // Whoever writes with session_replication_role = replica would change one version's values alone, and complete would lose them.
        yield return new("fires for apply workers and bulk loaders too", Sql.Of(
            $"ALTER TABLE {table.Name} ENABLE ALWAYS TRIGGER {new Ident(GeneratedNames.InsertTrigger)}, ENABLE ALWAYS TRIGGER {new Ident(GeneratedNames.UpdateTrigger)}"))
        {
            Lock = new(LockMode.ShareRowExclusive, table.Name),
        };
    }

    /// <summary>
    /// The function's name, unless another table's has it already (<c>a_b</c>.<c>c</c> and <c>a</c>.<c>b_c</c>): the one that pgroll drops
    /// before it drops the marker, which the triggers name. At complete it drops the marker with the last operation on the table, at
    /// rollback with the first it comes to, which is the last as well.
    /// </summary>
    public static string Name(TableChange table) => GeneratedNames.SyncFunction(
        table.After.MappedAs ?? table.After.Name, table.After.Mappings.Select(Column).OfType<string>().Last());

    /// <summary>Whether the triggers keep no column from being dropped. The server wants no whole rows in WHEN where columns are generated.</summary>
    public static bool NamesNoColumns(TableChange table) => table.Before.Columns.Concat(table.After.Columns).All(c => c.GeneratedAs is null);

    static string? Column(RowMapping mapping) => mapping switch
    {
        ColumnsChanged changed => changed.Columns.Select(c => c.Column).OrderBy(name => name, StringComparer.Ordinal).First(),
        ColumnAdded added => added.Column.Name,
        ColumnDropped dropped => dropped.Column.Name,
        _ => null,
    };

    IReadOnlyList<Ident> Relevant => [.. _old.Concat(_new).Concat(Inputs(map.Ups)).Concat(Inputs(map.Downs)).Distinct().Select(Ident.Of)];

    public IEnumerable<SqlStep> Remove()
    {
        foreach (var trigger in (string[])[GeneratedNames.InsertTrigger, GeneratedNames.UpdateTrigger])
            yield return new("the old version is gone, nothing is left to keep in step", Sql.Of($"DROP TRIGGER {new Ident(trigger)} ON {table.Name}"));
        yield return new("nothing calls it any more", Sql.Of($"DROP FUNCTION {_function}()"));
        if (NamesNoColumns(table))
            yield return new("nothing calls it any more", Sql.Of($"DROP FUNCTION {_changed}(anyelement, anyelement)"));
        foreach (var function in map.Functions)
            yield return new("nothing calls it any more", function.Drop());
    }

    SqlStep Trigger(string name, string why, Sql @event, Sql when) => new(why, Sql.Of(
        $"""
         CREATE TRIGGER {new Ident(name)} BEFORE {@event} ON {table.Name}
         FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {_function}()
         """))
    {
        Lock = new(LockMode.ShareRowExclusive, table.Name),
        Undo = Sql.Of($"DROP TRIGGER IF EXISTS {new Ident(name)} ON {table.Name}"),
    };

    Sql Body() => Sql.Of(
        $"""
         DECLARE
           by_old boolean;
           by_new boolean;
         BEGIN
           IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
             by_old := {Any(table.OldColumns.Select(InsertedThroughOwner))};
             by_new := {Any(table.NewColumns.Select(InsertedThroughOwner))};
           ELSE
             by_old := {Changed(_old)};
             by_new := {Changed(_new)};
           END IF;
           IF NOT by_old AND NOT by_new THEN
             by_new := {ResolvesToNewVersion()};
             {Lines([.. WithoutPath(), Sql.Of($"by_old := NOT by_new;")])}
           END IF;
           IF by_old AND NOT by_new THEN
             {Lines(map.Ups.Select(Up))}
           ELSE
             {Lines(map.Ups.Count == 0 ? [] : [FillUnreached()])}
             IF NOT by_old THEN
               {Lines(map.Downs.Select(Down))}
             END IF;
           END IF;
           NEW.{Marker} := false;
           RETURN NEW;
         END
         """);

    /// <summary>On a row the backfill has not reached the copy is empty: it is computed whatever the old client wrote.</summary>
    Sql Up(ComputedColumn up) => Sql.Of(
        $"""
         IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD.{Marker} OR {Changed(Watched(up, table.OldColumns))} THEN
           NEW.{new Ident(up.Column.Physical)} := {up.Value.Over(New)};
         END IF;
         """);

    Sql Down(ComputedColumn down) => Sql.Of(
        $"""
         IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR {Changed(Watched(down, table.NewColumns))} THEN
           NEW.{new Ident(down.Column.Physical)} := {down.Value.Over(New)};
         END IF;
         """);

    /// <summary>
    /// A new client's write to a row the backfill has not reached: the row first becomes what the backfill would have made of it,
    /// OLD as well, so that what follows sees only what the client changed.
    /// </summary>
    Sql FillUnreached() => Sql.Of(
        $"""
         IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND OLD.{Marker} THEN
           {Lines(map.Ups.Select(up => Fill(new Ident(up.Column.Physical), up)))}
         END IF;
         """);

    /// <summary>Computed once: asked again, a sequence would give another number, and the client would seem to have written it.</summary>
    static Sql Fill(Ident column, ComputedColumn up) => Sql.Of(
        $"""
         IF {Changed([column.Name])} THEN
           OLD.{column} := {up.Value.Over(Old)};
         ELSE
           OLD.{column} := {up.Value.Over(Old)};
           NEW.{column} := OLD.{column};
         END IF;
         """);

    /// <summary>The value's inputs, and the half of the same column that the writer's version shows.</summary>
    IEnumerable<string> Watched(ComputedColumn computed, IReadOnlyList<Column> writersColumns) =>
        computed.Value.Inputs.Concat(Comparable(writersColumns.Where(c => IsSameColumn(c, computed.Column)))).Distinct();

    bool IsSameColumn(Column one, Column other) =>
        table.NewColumns.Contains(one) ? table.Origin(one) == other : table.Origin(other) == one;

    /// <summary>
    /// A value that is not the column's default was written by someone who sees the column. The default of a computed column stands
    /// on the new version's view alone until complete, so there whatever is in the column was written.
    /// </summary>
    Sql? InsertedThroughOwner(Column column) => column switch
    {
        { GeneratedAs: not null } => null,
        { Identity: not null } when !map.Computes(column) => null,
        _ when map.IsEvidence(column) => Differ([Sql.Of($"NEW.{new Ident(column.Physical)}")], [Sql.Of($"{map.DefaultOf(column).Name}()")]),
        { Default: not null } when !map.Computes(column) => null,
        // Not IS NOT NULL, which is false for a composite value with a NULL in it.
        _ => Sql.Of($"NEW.{new Ident(column.Physical)} IS DISTINCT FROM NULL"),
    };

    /// <summary>
    /// A client whose path names neither version: a NULL that the old version forbids was written through the new one. Only then: a
    /// client of the old version that writes such a NULL must be refused, as it would be without a rollout.
    /// </summary>
    IEnumerable<Sql> WithoutPath()
    {
        IReadOnlyList<Sql> forbidden = [.. table.OldColumns.Select(NotInsertedThroughOwner).OfType<Sql>()];
        if (forbidden.Count > 0)
            yield return Sql.Of(
                $"""
                 IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NOT by_new AND {ResolvesToNoVersion()} THEN
                   by_new := {Any(forbidden)};
                 END IF;
                 """);
    }

    Sql ResolvesToNoVersion() => previousVersionSchema is null
        ? Sql.Of($"true")
        : Sql.Of($"pg_catalog.array_position(pg_catalog.current_schemas(false), CAST({new Literal(previousVersionSchema)} AS pg_catalog.name)) IS NULL");

    /// <summary>A NULL where the column forbids it: nobody who sees the column wrote this row.</summary>
    static Sql? NotInsertedThroughOwner(Column column) =>
        column.IsNullable || column.GeneratedAs is not null ? null : Sql.Of($"NEW.{new Ident(column.Physical)} IS NOT DISTINCT FROM NULL");

    /// <summary>The resolved path, not its text: quoting, <c>$user</c> and further schemas do not matter. The earlier of two versions wins.</summary>
    Sql ResolvesToNewVersion()
    {
        var position = Sql.Of($"pg_catalog.array_position(pg_catalog.current_schemas(false), CAST({new Literal(versionSchema)} AS pg_catalog.name))");
        return previousVersionSchema is null
            ? Sql.Of($"{position} IS NOT NULL")
            : Sql.Of($"COALESCE({position} OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST({new Literal(previousVersionSchema)} AS pg_catalog.name)), 2147483647), false)");
    }

    /// <summary>Compared as images: equality of a type (citext, numeric, json, a collation) may be coarser or missing.</summary>
    static Sql Changed(IEnumerable<string> columns)
    {
        IReadOnlyList<Ident> distinct = [.. columns.Distinct().Select(Ident.Of)];
        return distinct.Count == 0
            ? Sql.Of($"false")
            : Differ(distinct.Select(c => Sql.Of($"OLD.{c}")), distinct.Select(c => Sql.Of($"NEW.{c}")));
    }

    /// <summary>Without the casts, PostgreSQL would take two rows apart and look for the operator of each column's type.</summary>
    static Sql Differ(IEnumerable<Sql> one, IEnumerable<Sql> other) =>
        Sql.Of($"CAST(ROW({one}) AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW({other}) AS pg_catalog.record)");

    /// <summary>Generated columns are not computed yet when a BEFORE trigger looks at them.</summary>
    static IEnumerable<string> Comparable(IEnumerable<Column> columns) => columns.Where(c => c.GeneratedAs is null).Select(c => c.Physical);

    static IEnumerable<string> Inputs(IEnumerable<ComputedColumn> columns) => columns.SelectMany(c => c.Value.Inputs);

    static Sql Any(IEnumerable<Sql?> conditions)
    {
        IReadOnlyList<Sql> given = [.. conditions.OfType<Sql>()];
        return given.Count == 0 ? Sql.Of($"false") : Sql.Join(" OR ", given);
    }

    static Sql Lines(IEnumerable<Sql> statements)
    {
        IReadOnlyList<Sql> lines = [.. statements];
        return lines.Count == 0 ? Sql.Of($"NULL;") : Sql.Join("\n", lines);
    }

    static Sql New(string column) => Sql.Of($"NEW.{new Ident(column)}");

    static Sql Old(string column) => Sql.Of($"OLD.{new Ident(column)}");
}
