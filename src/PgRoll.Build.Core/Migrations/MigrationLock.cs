using System.Text;
using System.Text.RegularExpressions;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;

namespace PgRoll.Build.Migrations;

/// <summary>
/// <c>migrations.lock</c>: the migrations that are applied somewhere, and what they said. It stands beside them under version control, so
/// that a change of what is history is found without a database. Each line is a checksum and a name; comments and layout of the
/// migrations do not count.
/// </summary>
public sealed class MigrationLock
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "migrations.lock";

    static readonly Regex line = new("^([0-9a-f]{64})  (.+)$", RegexOptions.CultureInvariant);

    readonly string path;
    readonly List<(string Checksum, string Name, int Line)> entries = [];
    readonly List<int> unreadable = [];
    HashSet<string>? names;
    string? last;

    MigrationLock(string path, string text)
    {
        this.path = path;
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var content = raw.TrimEnd();
            if (content.Length == 0 || content[0] == '#')
                continue;
            if (line.Match(content) is { Success: true } match)
                entries.Add((match.Groups[1].Value, match.Groups[2].Value, number));
            else
                unreadable.Add(number);
        }
    }

    /// <summary>The names of the migrations.</summary>
    public IReadOnlyCollection<string> Names => names ??= [.. entries.Select(entry => entry.Name)];

    /// <summary>Reads the file of a folder; null where there is none.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static MigrationLock? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return File.Exists(path) ? new(path, File.ReadAllText(path, Encoding.UTF8)) : null;
    }

    /// <summary>The same for who reads a migration and those before it: those after it are not missing.</summary>
    internal MigrationLock UpTo(string migration)
    {
        var part = (MigrationLock)MemberwiseClone();
        part.last = migration;
        return part;
    }

    /// <summary>The text of the file for these migrations.</summary>
    public static string Write(IEnumerable<Migration> migrations) =>
        "# The migrations that are applied, and what they say. Written by `dotnet pgroll lock`; a conflict here is one of the history.\n"
        + string.Concat(migrations.Select(migration => $"{Checksum.Of(migration)}  {migration.Name}\n"));

    /// <summary>Reports where the migrations are not those of the file.</summary>
    internal void Check(IReadOnlyList<Migration> migrations, Report report)
    {
        var own = report.For(Document.Empty(path));
        foreach (var number in unreadable)
            own.Add(DocumentRules.InvalidSyntax, LineSpan(number), FileName, "the line is not a checksum, two blanks and a name. After a merge, `dotnet pgroll lock` writes the file anew.");
        var locked = new Dictionary<string, string>();
        foreach (var (checksum, name, _) in entries)
            locked[name] = checksum;
        foreach (var migration in migrations)
            if (locked.TryGetValue(migration.Name, out var checksum) && checksum != Checksum.Of(migration))
                report.For(migration.Document).Add(MigrationRules.ChangedApplied, "", migration.Name, "says something else than when it was applied");
        var there = new HashSet<string>(migrations.Select(migration => migration.Name));
        foreach (var (_, name, number) in entries)
            if (!there.Contains(name) && (last is null || Utf8Order.Instance.Compare(name, last) < 0))
                own.Add(MigrationRules.ChangedApplied, LineSpan(number), name, "is applied, and has no file");
        if (entries.Count == 0)
            return;
        var newest = entries.Select(entry => entry.Name).OrderBy(name => name, Utf8Order.Instance).Last();
        foreach (var migration in migrations)
            if (!locked.ContainsKey(migration.Name) && Utf8Order.Instance.Compare(migration.Name, newest) < 0)
                report.For(migration.Document).Add(MigrationRules.NonLinear, "", migration.Name, newest);
    }

    static TextSpan LineSpan(int number) => new(number, 1, number, 1);
}
