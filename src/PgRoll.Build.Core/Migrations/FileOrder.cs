using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Migrations;

/// <summary>What a set of files must satisfy: names of their own, and an order that people see at a glance.</summary>
static class FileOrder
{
    public static void Check(IReadOnlyList<Migration> migrations, Report report)
    {
        CheckUnique(migrations, m => m.Name, "The name", "", report);
        CheckUnique(migrations, m => m.Version, "The version", "version_schema", report);
        for (var i = 1; i < migrations.Count; i++)
        {
            var (previous, next) = (migrations[i - 1], migrations[i]);
            var (one, other) = (Prefix(previous.Name), Prefix(next.Name));
            var problem = (one, other) switch
            {
                _ when previous.Name == next.Name => null,
                ("", "") => null,
                ("", _) or (_, "") => "Only one of the two has a numeric prefix",
                _ when one == other && ArePartsOfOne(previous.Name, next.Name) => null,
                _ when one == other => $"Prefix '{one}' is used twice",
                _ when one.Length != other.Length => $"Prefixes '{one}' and '{other}' differ in width",
                _ => null,
            };
            if (problem is not null)
                report.For(next.Document).Add(MigrationRules.AmbiguousOrder, "", problem, previous.Name, next.Name);
        }
    }

    static void CheckUnique(IReadOnlyList<Migration> migrations, Func<Migration, string> name, string what, string at, Report report)
    {
        var seen = new Dictionary<string, Migration>();
        foreach (var migration in migrations)
            if (!seen.TryGetValue(name(migration), out var first))
                seen.Add(name(migration), migration);
            else if (what == "The name" || first.Name != migration.Name)
                report.For(migration.Document).Add(MigrationRules.DuplicateName, at, what, name(migration), first.Document.File);
    }

    /// <summary>05_orders_1 and 05_orders_2, as <c>convert</c> calls the parts of one.</summary>
    static bool ArePartsOfOne(string one, string other) =>
        one.Length == other.Length && one.LastIndexOf('_') is > 0 and var end && one.Substring(0, end) == other.Substring(0, Math.Min(end, other.Length)) && other[end] == '_'
        && one.Skip(end + 1).Concat(other.Skip(end + 1)).All(char.IsDigit);

    static string Prefix(string name) => new([.. name.TakeWhile(char.IsDigit)]);
}
