using PgRoll.Build.Model;
using PgRoll.Build.Operations;
using PgRoll.Build.Plans.Parts;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans.Interop;

/// <summary>
/// Takes back a migration that pgroll started, however far it came: by what is there. One migration is active in a schema at a time,
/// so all columns and functions with pgroll's names are this one's.
/// </summary>
sealed class PgrollRollback(PgrollMigration found)
{
    readonly IReadOnlyList<Table> _created =
        [.. found.Migration.Operations.OfType<CreateTable>().Select(c => found.Actual.Find(c.Table) ?? found.Actual.Find(GeneratedNames.DeletedTable(c.Table))).OfType<Table>().Distinct()];

    /// <summary>The tables that have columns of the migration.</summary>
    IReadOnlyList<(Table Table, IReadOnlyList<string> Columns)> Widened =>
    [
        .. from table in found.Actual.Tables.Except(_created)
           let columns = (IReadOnlyList<string>)[.. table.Columns.Select(c => c.Name).Where(c => GeneratedNames.IsNew(c) || c == GeneratedNames.Marker)]
           where columns.Count > 0
           select (table, columns),
    ];

    IReadOnlyList<Table> Indexed => [.. found.Migration.Operations.OfType<CreateIndex>().Select(c => found.Actual.FindIndexOwner(c.Index)).OfType<Table>().Except(_created).Distinct()];

    /// <summary>The steps, for one transaction.</summary>
    public IEnumerable<Step> Steps() =>
    [
        .. found.VersionSchema is { } version ? [new SqlStep("the new version ends for its clients", Retire(version))] : (Step[])[],
        .. PgrollFunctions.Drop(found),
        .. IncomingKeys(),
        .. Widened.Select(w => new SqlStep("what the old version does not see", Sql.Of($"ALTER TABLE {Name(w.Table.Name)} {Sql.Join(", ", w.Columns.Select(c => Sql.Of($"DROP COLUMN {new Ident(c)}")))}"))),
        .. Indexed.SelectMany(t => t.Indexes).Select(i => i.Name).Intersect(found.Migration.Operations.OfType<CreateIndex>().Select(c => c.Index))
            .Select(index => new SqlStep($"index '{index}'", Sql.Of($"DROP INDEX IF EXISTS {Name(index)}"))),
        .. _created.Count > 0 ? [new SqlStep("tables that the old version does not see", Sql.Of($"DROP TABLE {Sql.Join(", ", _created.Select(t => Sql.Of($"{Name(t.Name)}")))}"))] : (Step[])[],
        .. found.DroppedTables.Where(d => !_created.Contains(found.Actual.Find(d.Physical)!))
            .Select(d => new SqlStep($"table '{d.Name}' under its own name", Sql.Of($"ALTER TABLE {Name(d.Physical)} RENAME TO {new Ident(d.Name)}"))),
        .. RawSql.Of([found.Migration], found.Actual).InTransaction().Concat(RawSql.Of([found.Migration], found.Actual).Alone())
            .Reverse().Where(s => s.Undo is not null).Select(s => new SqlStep("as the migration's `down` says", s.Undo!)),
    ];

    /// <summary>What raw SQL takes back is not known: none of the views may be in its way.</summary>
    Sql Retire(string version) => RawSql.Of([found.Migration], found.Actual).IsAtStart ? Sql.Of($"DROP SCHEMA {new Ident(version)} CASCADE") : VersionViews.Retire(version, Views);

    /// <summary>What to lock first: views before tables, as clients do.</summary>
    public IReadOnlyList<QualifiedName> Locks =>
    [
        .. found.VersionSchema is { } version ? Views.Select(v => QualifiedName.Of(version, v)) : [],
        .. Tables.Select(Name),
    ];

    /// <summary>The tables that are touched, by their names in the database.</summary>
    public IReadOnlyList<string> Tables =>
    [
        .. Widened.Select(w => w.Table).Concat(_created).Concat(Indexed).Select(t => t.Name)
            .Concat(found.DroppedTables.Select(d => d.Physical)).Distinct().OrderBy(name => name, StringComparer.Ordinal),
    ];

    /// <summary>Tables whose replica identity pgroll set at start; what it was before nobody wrote down.</summary>
    public IReadOnlyList<string> ChangedReplicaIdentities => [.. found.Migration.Operations.OfType<SetReplicaIdentity>().Select(s => s.Table).Distinct()];

    /// <summary>The tables of the new version, by its names. A view without one of them does not mind being named.</summary>
    IReadOnlyList<string> Views =>
    [
        .. Tables.Concat(found.Migration.Operations.OfType<RenameTable>().Select(r => r.To)).Distinct().OrderBy(name => name, StringComparer.Ordinal),
    ];

    /// <summary>Foreign keys to a new half of a column, of new tables or made by an attempt to complete: they would keep it.</summary>
    IEnumerable<Step> IncomingKeys() =>
        from table in found.Actual.Tables
        from key in table.Constraints.OfType<ForeignKey>()
        where key.ReferencedSchema is null && key.ReferencedColumns.Any(GeneratedNames.IsNew)
        select new SqlStep($"foreign key '{key.Name}' to what goes", Sql.Of($"ALTER TABLE {Name(table.Name)} DROP CONSTRAINT {new Ident(key.Name)}"));

    QualifiedName Name(string relation) => QualifiedName.Of(found.Actual.Name, relation);
}
