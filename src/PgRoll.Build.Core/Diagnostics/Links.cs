using System.Reflection;

namespace PgRoll.Build.Diagnostics;

/// <summary>Where the product's pages are.</summary>
static class Links
{
    const string Path = "pgroll-build/pgroll-build";

    public const string Repository = $"https://github.com/{Path}";

    /// <summary>
    /// The JSON schema of migration files, as of this version: a file keeps the link that it was written with, and what an older version
    /// did not know is not to be offered for it.
    /// </summary>
    public static string MigrationSchema { get; } = $"https://raw.githubusercontent.com/{Path}/v{Version()}/src/PgRoll.Build.Core/migration.schema.json";

    static string Version() =>
        typeof(Links).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
