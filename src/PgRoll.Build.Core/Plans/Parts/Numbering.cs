using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans.Parts;

/// <summary>
/// A column that the rollout makes and that draws numbers from a sequence: an added serial or identity column, which gets a sequence of
/// its own, or the new half of an identity column, which draws from the old half's, so that no number is given twice. Until complete it
/// is a plain column: the table need not be rewritten, and two identities cannot share a sequence.
/// Both versions draw through a function with its owner's rights, since whoever may insert a row need not be allowed to use a sequence.
/// </summary>
sealed class Numbering(TableChange table, Column column)
{
    readonly Column? _origin = table.Origin(column);

    /// <summary>The new version's view of the table, which draws the numbers until complete.</summary>
    public string View => table.After.Name;

    /// <summary>The numbered columns among those that the rollout makes. The new half of a serial column is none: its default says all.</summary>
    public static IEnumerable<Numbering> Of(TableChange table) =>
        from column in table.NewColumns
        where column.Identity is not null || column.Sequence is not null && table.Origin(column) is null
        select new Numbering(table, column);

    /// <summary>The column.</summary>
    public Column Column => column;

    /// <summary>The next number.</summary>
    public SqlExpression Next => SqlExpression.FromCatalog($"{Function(table, column)}()");

    /// <summary>The function that draws a number for a column.</summary>
    public static QualifiedName Function(TableChange table, Column column) =>
        new(table.Name.Schema, new Ident(GeneratedNames.Expression("next", table.After.Name, column.Physical, 0)));

    QualifiedName Sequence => Name(column.OwnSequence!);

    /// <summary>The sequence that numbers come from until complete.</summary>
    QualifiedName Source => _origin is { Identity.Sequence: var old } ? Name(old) : Name(GeneratedNames.New(column.OwnSequence!));

    public IEnumerable<SqlStep> Install()
    {
        if (_origin is null)
            yield return new($"numbers for '{table.After.Name}.{column.Name}'", Sql.Of(
                $"CREATE SEQUENCE {Source} AS {(column.Type.IsInteger ? column.Type : Drawn)}{Options}{Belongs(Sql.Of($"SEQUENCE {Source}"))}"))
            {
                Undo = Sql.Of($"DROP SEQUENCE IF EXISTS {Source}"),
            };
        yield return new($"draws a number for '{table.After.Name}.{column.Name}', for clients without a right to its sequence", Sql.Of(
            $"""
             CREATE FUNCTION {Function(table, column)}() RETURNS {Drawn}
             LANGUAGE sql SECURITY DEFINER RETURN CAST(pg_catalog.nextval({Regclass(Source)}) AS {Drawn});
             GRANT EXECUTE ON FUNCTION {Function(table, column)}() TO PUBLIC{Belongs(Sql.Of($"FUNCTION {Function(table, column)}()"))}
             """))
        {
            Undo = Sql.Of($"DROP FUNCTION IF EXISTS {Function(table, column)}()"),
        };
    }

    /// <summary>The table is about to number its rows itself; a default of the view would be an explicit value, which GENERATED ALWAYS refuses.</summary>
    public IEnumerable<SqlStep> Release(string? versionSchema)
    {
        if (versionSchema is { } version)
            yield return new("the table takes over", Sql.Of($"ALTER VIEW {QualifiedName.Of(version, table.After.Name)} ALTER COLUMN {new Ident(column.Name)} DROP DEFAULT"));
        yield return new("nothing calls it any more", Sql.Of($"DROP FUNCTION {Function(table, column)}()"));
    }

    /// <summary>The new half becomes an identity while the old half, whose sequence knows the next number, is still there.</summary>
    /// <param name="defaults">What default privileges give away of the new sequence, which may be more than was given of the old one.</param>
    public IEnumerable<SqlStep> KeepIdentity(IReadOnlyList<Grant> defaults)
    {
        if (_origin is null || column.Identity is not { } identity)
            yield break;
        var aside = Name(GeneratedNames.DeletedTable(identity.Sequence));
        yield return new("makes room for the new half's sequence, and keeps others from drawing a number that both would give", Sql.Of(
            $"ALTER SEQUENCE {Sequence} RENAME TO {aside.Name}"));
        foreach (var step in BecomeIdentity(identity, column.Physical, aside))
            yield return step;
        if (defaults.Count > 0)
            yield return new("default privileges are no reason for more rights than on the old sequence", Sql.Of(
                $"REVOKE ALL ON SEQUENCE {Sequence} FROM {PrivilegeSql.Roles(defaults)}"));
        foreach (var grant in identity.SequenceGrants)
            yield return new("whoever might use the old sequence may use the new one", Sql.Of(
                $"GRANT {PrivilegeSql.Of(grant)} ON SEQUENCE {Sequence} TO {PrivilegeSql.Grantee(grant)}"));
        if (identity.SequenceComment is { } comment)
            yield return new("what the sequence is for", Sql.Of($"COMMENT ON SEQUENCE {Sequence} IS {new Literal(comment)}"));
    }

    /// <summary>An added column gets its final sequence. Runs after the renames: the column goes by its final name.</summary>
    public IEnumerable<SqlStep> Adopt()
    {
        if (_origin is not null)
            yield break;
        if (column.Identity is { } identity)
        {
            foreach (var step in BecomeIdentity(identity, column.Name, Source))
                yield return step;
            yield return new("its numbers come from the identity's sequence now", Sql.Of($"DROP SEQUENCE {Source}"));
            yield break;
        }
        yield return new("its final name", Sql.Of($"ALTER SEQUENCE {Source} RENAME TO {Sequence.Name}"));
        yield return new("the sequence goes where its column goes", Sql.Of($"ALTER SEQUENCE {Sequence} OWNED BY {table.Name}.{new Ident(column.Name)}"));
        foreach (var step in PrivilegeSql.GrantNumbers(Sequence, table.After))
            yield return step;
    }

    IEnumerable<SqlStep> BecomeIdentity(Identity identity, string name, QualifiedName source)
    {
        var wider = identity.SequenceType is { } type && !SqlType.SameType(type, column.Type) ? type : null;
        yield return new($"'{column.Name}' numbers its rows itself", Sql.Of(
            $"ALTER TABLE {table.Name} ALTER COLUMN {new Ident(name)} ADD {ColumnSql.IdentityKind(identity)} (SEQUENCE NAME {Sequence}{(wider is null ? Options : Sql.Empty)})"));
        if (wider is not null)
            yield return new("counts in its own type", Sql.Of($"ALTER SEQUENCE {Sequence} AS {wider}{Options}"));
        yield return new("goes on counting where the rollout stopped", Sql.Of($"SELECT pg_catalog.setval({Regclass(Sequence)}, last_value, is_called) FROM {source}"));
    }

    /// <summary>What whoever asks for a number expects: the column's type when it was added, whatever it became afterwards.</summary>
    SqlType Drawn => table.After.Mappings.OfType<ColumnAdded>().LastOrDefault(m => m.Column.Physical == column.Physical)?.Column.Type ?? column.Type;

    Sql Options => column.Identity?.SequenceOptions is { } options ? Sql.Of($" {options}") : Sql.Empty;

    /// <summary>
    /// Whoever owns the table owns what numbers it: the server demands it of a sequence, and the function must not lose its rights with
    /// those of the role that migrates.
    /// </summary>
    Sql Belongs(Sql made) => table.Before.Owner is { } owner ? Sql.Of($";\nALTER {made} OWNER TO {new Ident(owner)}") : Sql.Empty;

    static Sql Regclass(QualifiedName sequence) => Sql.Of($"CAST({new Literal(sequence.ToString())} AS pg_catalog.regclass)");

    QualifiedName Name(string sequence) => new(table.Name.Schema, new Ident(sequence));
}
