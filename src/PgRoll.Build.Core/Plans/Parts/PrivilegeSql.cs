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

    public static Sql Grantee(Grant grant)
    {
        var role = Role(grant.Grantee);
        return grant.WithGrantOption ? Sql.Of($"{role} WITH GRANT OPTION") : role;
    }

    public static Sql Role(string? name) => name is null ? Sql.Of($"PUBLIC") : Sql.Of($"{new Ident(name)}");

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
