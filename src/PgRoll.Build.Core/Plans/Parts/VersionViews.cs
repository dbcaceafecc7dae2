using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans.Parts;

/// <summary>
/// A version of the schema as clients see it: a schema of views, one per table, each showing the version's columns under the
/// version's names. Views this simple are updatable, so clients write through them too.
/// </summary>
static class VersionViews
{
    /// <summary>
    /// The transaction that wrote a row last, by which clients see that somebody else has. A view has no system columns of its own, but
    /// it can show its table's; no column of a table has such a name.
    /// </summary>
    public const string Xmin = "xmin";

    /// <summary>The schema and its views, with the privileges of what they show.</summary>
    /// <param name="versionSchema">The schema to make.</param>
    /// <param name="schema">The version.</param>
    /// <param name="ownDefault">The default that a column's view must carry, because its table has another until complete; null for none. That of a domain would hide the table's.</param>
    /// <param name="facts">What is known about the server.</param>
    /// <param name="exposesXmin">Whether each view has <see cref="Xmin"/> as its last column.</param>
    /// <param name="touched">Tables whose views must go before anything else is taken back.</param>
    public static IEnumerable<SqlStep> Create(
        string versionSchema, Schema schema, Func<Table, Column, SqlExpression?> ownDefault, ServerFacts facts, bool exposesXmin,
        IEnumerable<string> touched)
    {
        var name = new Ident(versionSchema);
        yield return new("the new version, empty as yet", Sql.Of($"CREATE SCHEMA {name}")) { Undo = Retire(versionSchema, touched) };
        if (PrivilegeSql.Roles(schema.Defaults.Schemas) is { Count: > 0 } given)
            yield return new("default privileges are not to open it further than the base schema", Sql.Of($"REVOKE ALL ON SCHEMA {name} FROM {given}"));
        foreach (var grant in schema.Grants)
            yield return new("whoever may use the base schema may use its version", Sql.Of($"GRANT {PrivilegeSql.Of(grant)} ON SCHEMA {name} TO {PrivilegeSql.Grantee(grant)}"));
        foreach (var table in schema.Tables)
            foreach (var step in View(versionSchema, schema, table, ownDefault, facts, exposesXmin))
                yield return step;
        foreach (var step in Belong(versionSchema, schema.Tables, facts))
            yield return step;
    }

    /// <summary>
    /// Whether a table's view reads it with its owner's rights rather than the caller's. Before 15 all do. From then on, those of tables
    /// that roles may read in parts: a caller needs all columns that a view shows, not only those he asks for. The view's own privileges
    /// are the table's, so that he gets no more; but policies would take him for the owner, and go first.
    /// </summary>
    public static bool ReadsAsOwner(Table table, ServerFacts facts) =>
        !facts.HasSecurityInvoker || !table.HasRowSecurity && table.Grants.Any(part => part is { Privilege: "SELECT", Column: not null }
            && !table.Grants.Any(whole => whole is { Privilege: "SELECT", Column: null } && (whole.Grantee is null || whole.Grantee == part.Grantee)));

    /// <summary>
    /// Ends a version for its clients: for them it is gone with its name. Dropping every view would need several locks each, more than
    /// the server has room for in a large schema: only those that hang on what goes now are dropped, the others later, in portions.
    /// </summary>
    public static Sql Retire(string versionSchema, IEnumerable<string> touched)
    {
        var gone = GeneratedNames.GoneSchema(versionSchema);
        return Sql.Join(";\n",
        [
            Sql.Of($"ALTER SCHEMA {new Ident(versionSchema)} RENAME TO {new Ident(gone)}"),
            .. touched.Select(view => Sql.Of($"DROP VIEW IF EXISTS {QualifiedName.Of(gone, view)}")),
        ]);
    }

    /// <summary>One table's view, with its defaults and privileges.</summary>
    public static IEnumerable<SqlStep> View(
        string versionSchema, Schema schema, Table table, Func<Table, Column, SqlExpression?> ownDefault, ServerFacts facts, bool exposesXmin)
    {
        var (view, name) = (QualifiedName.Of(versionSchema, table.Name), QualifiedName.Of(schema.Name, table.Physical));
        var option = !ReadsAsOwner(table, facts) ? Sql.Of($" WITH (security_invoker = true)") : Sql.Empty;
        var columns = table.Columns.Select(c => c.Name == c.Physical
            ? Sql.Of($"{new Ident(c.Name)}")
            : Sql.Of($"{new Ident(c.Physical)} AS {new Ident(c.Name)}"));
        if (exposesXmin)
            columns = columns.Append(Sql.Of($"{new Ident(Xmin)}"));
        yield return new($"'{table.Name}' as the new version sees it", Sql.Of($"CREATE VIEW {view}{option} AS SELECT {columns} FROM {name}"));
        foreach (var column in table.Columns)
            if ((ownDefault(table, column) ?? (column.HasDefaultDomain ? column.Default : null)) is { } value)
                yield return new($"the new version's default of '{table.Name}.{column.Name}'", Sql.Of(
                    $"ALTER VIEW {view} ALTER COLUMN {new Ident(column.Name)} SET DEFAULT {value}"));
        if (PrivilegeSql.Roles(schema.Defaults.Views) is { Count: > 0 } given)
            yield return new("default privileges are not to open it further than its table", Sql.Of($"REVOKE ALL ON {view} FROM {given}"));
        foreach (var grant in table.Grants)
            if (PrivilegeSql.ForView(grant, table) is { } privilege)
                yield return new("whoever may use the table may use its view", Sql.Of($"GRANT {privilege} ON {view} TO {PrivilegeSql.Grantee(grant)}"));
        if (exposesXmin)
            foreach (var role in PrivilegeSql.Roles(table.Grants.Where(g => g is { Privilege: "SELECT", Column: not null })))
                yield return new("whoever may read a part of the rows may see which transaction wrote them", Sql.Of($"GRANT SELECT ({new Ident(Xmin)}) ON {view} TO {role}"));
    }

    /// <summary>
    /// The rights that a view reads its table with are to be those of the table's owner, not of whoever migrates and may lose them. The
    /// server asks that the new owner may create in the schema at that moment.
    /// </summary>
    public static IEnumerable<SqlStep> Belong(string versionSchema, IEnumerable<Table> tables, ServerFacts facts)
    {
        foreach (var owned in tables.Where(t => t.Owner is not null && ReadsAsOwner(t, facts)).GroupBy(t => t.Owner!))
            yield return new($"the views of tables of '{owned.Key}' read them with that role's rights", Sql.Join(";\n",
            [
                Sql.Of($"GRANT CREATE ON SCHEMA {new Ident(versionSchema)} TO {new Ident(owned.Key)}"),
                .. owned.Select(table => Sql.Of($"ALTER VIEW {QualifiedName.Of(versionSchema, table.Name)} OWNER TO {new Ident(owned.Key)}")),
                Sql.Of($"REVOKE CREATE ON SCHEMA {new Ident(versionSchema)} FROM {new Ident(owned.Key)}"),
            ]));
    }

    /// <summary>A NULL that the server does not take for "no default", which would let the table's own default through.</summary>
    public static SqlExpression NoDefault(Column column) => SqlExpression.FromCatalog($"CAST(NULLIF('', '') AS {column.Type})");
}
