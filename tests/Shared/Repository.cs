namespace PgRoll.Build.Testing;

/// <summary>Finds files of the checkout from wherever the test assembly runs.</summary>
static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Combine(params string[] parts) => Path.Combine([Root, .. parts]);

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "PgRoll.Build.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No PgRoll.Build.sln above '{AppContext.BaseDirectory}'.");
    }
}
