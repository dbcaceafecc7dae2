using PgRoll.Build.Migrations;

namespace PgRoll.Build.Testing;

/// <summary>
/// One change to a schema as people would write it, below <c>tests/Cases/&lt;operation&gt;/&lt;case&gt;</c>: the migrations before it, rows, and
/// the migration that makes the change, which is the last file. Its plan is pinned offline, and it is carried out on real servers.
/// </summary>
sealed record Case(string Name, IReadOnlyList<MigrationFile> Before, string Seed, MigrationFile Change)
{
    static string Root { get; } = Repository.Combine("tests", "Cases");

    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateDirectories(Root).SelectMany(Directory.EnumerateDirectories)
            .Select(folder => Path.GetRelativePath(Root, folder).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    public static IEnumerable<object[]> Rows => Names.Select(name => new object[] { name });

    public string Folder => Path.Combine(Root, Name);

    public IReadOnlyList<MigrationFile> Files => [.. Before, Change];

    /// <summary>The first server that knows what the files ask for.</summary>
    public int Since => Files.Any(f => f.Text.Contains("on_delete_set_columns", StringComparison.Ordinal)) ? 15 : 14;

    public static Case Load(string name)
    {
        var folder = Path.Combine(Root, name);
        var files = MigrationFile.In(folder).Select(MigrationFile.Read).ToList();
        var seed = Path.Combine(folder, "seed.sql");
        return new(name, files[..^1], File.Exists(seed) ? File.ReadAllText(seed) : "", files[^1]);
    }
}
