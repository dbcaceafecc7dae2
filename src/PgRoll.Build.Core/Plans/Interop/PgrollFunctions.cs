using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans.Interop;

/// <summary>The functions of pgroll's triggers: one for each column and direction.</summary>
static class PgrollFunctions
{
    public const string Prefix = "_pgroll_trigger_";

    /// <summary>The name of the function that fills a column: the server cuts it where it is too long.</summary>
    public static string Name(string table, string column)
    {
        var name = $"{Prefix}{table}_{column}";
        while (GeneratedNames.ByteCount(name) > GeneratedNames.MaxBytes)
            name = name.Substring(0, name.Length - (char.IsLowSurrogate(name[name.Length - 1]) ? 2 : 1));
        return name;
    }

    /// <summary>With the triggers.</summary>
    public static IEnumerable<SqlStep> Drop(PgrollMigration found) =>
        from function in found.Functions
        select new SqlStep("pgroll's triggers on this function, nothing is left to keep in step", Sql.Of($"DROP FUNCTION IF EXISTS {QualifiedName.Of(found.Actual.Name, function)}() CASCADE"));
}
