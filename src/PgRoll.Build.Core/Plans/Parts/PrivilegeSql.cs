using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans.Parts;

/// <summary>Fragments of GRANT.</summary>
static class PrivilegeSql
{
    static readonly Dictionary<string, Sql> Known = new[]
    {
        Sql.Of($"SELECT"), Sql.Of($"INSERT"), Sql.Of($"UPDATE"), Sql.Of($"DELETE"), Sql.Of($"REFERENCES"), Sql.Of($"TRIGGER"), Sql.Of($"USAGE"), Sql.Of($"CREATE"),
    }.ToDictionary(sql => sql.Text);

    public static Sql Of(Grant grant) => Known[grant.Privilege];

    public static Sql Grantee(Grant grant) => grant.WithGrantOption ? Sql.Of($"{Role(grant.Grantee)} WITH GRANT OPTION") : Role(grant.Grantee);

    /// <summary>Whoever the grants are to, each once.</summary>
    public static IReadOnlyList<Sql> Roles(IEnumerable<Grant> grants) => [.. grants.Select(g => g.Grantee).Distinct().Select(Role)];

    /// <summary>USAGE of a column's sequence, for whoever may insert rows, or some of their columns: inserting draws a number.</summary>
    public static IEnumerable<SqlStep> GrantNumbers(QualifiedName sequence, Table table) =>
        from role in Roles(table.Grants.Where(g => g.Privilege == "INSERT"))
        select new SqlStep("whoever may insert rows may number them", Sql.Of($"GRANT USAGE ON SEQUENCE {sequence} TO {role}"));

    static Sql Role(string? name) => name is null ? Sql.Of($"PUBLIC") : Sql.Of($"{new Ident(name)}");

    /// <summary>What a privilege on a table means for its view; null where a view has no such thing or the version no such column.</summary>
    public static Sql? ForView(Grant grant, Table table)
    {
        if (!Known.TryGetValue(grant.Privilege, out var privilege) || grant.Privilege is "USAGE" or "CREATE")
            return null;
        if (grant.Column is not { } column)
            return privilege;
        return table.Find(column) is { } shown ? Sql.Of($"{privilege} ({new Ident(shown.Name)})") : null;
    }
}
