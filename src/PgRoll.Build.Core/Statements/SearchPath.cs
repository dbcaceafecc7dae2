namespace PgRoll.Build.Statements;

/// <summary>Which schema a name without one means.</summary>
static class SearchPath
{
    /// <summary>The schema that names mean after a statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="current">The schema that they meant before it.</param>
    /// <param name="home">The one that they mean where nothing is said.</param>
    public static string After(Statement statement, string current, string home) =>
        statement is SetStatement { Setting: "search_path" or "schema" } path ? path.Values.FirstOrDefault(name => name != "$user") ?? home : current;
}
