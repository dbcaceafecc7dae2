using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Tasks.Sets;

namespace PgRoll.Build.Tasks;

/// <summary>What the code of a project knows of its schema: the version it was built for, and how that came to be.</summary>
/// <param name="BaseSchema">The schema that holds the tables.</param>
/// <param name="Migrations">Name and version of each migration, at least one, in the order in which they are applied.</param>
/// <param name="Checksum">What tells these migrations from others of the same names.</param>
sealed record SchemaVersion(string BaseSchema, IReadOnlyList<(string Name, string Version)> Migrations, string Checksum)
{
    public const string Summary = "The version of the database schema that this code was built for.";

    public const string MigrationsSummary = "The names of all migrations, in the order in which they are applied.";

    public string ClassName { get; set; } = "SchemaVersion";

    /// <summary>As the project has it: what the language does not allow is replaced. Empty for the global namespace.</summary>
    public string Namespace { get; set; } = "";

    public bool IsPublic { get; set; }

    (string Name, string Version) Last => Migrations[Migrations.Count - 1];

    /// <summary>The constants: names, what each tells, and values; <c>{0}</c> is the language's word for no value.</summary>
    public IReadOnlyList<(string Name, string Summary, string? Value)> Constants =>
    [
        ("Current", "The schema to put on the connection's <c>search_path</c>.", VersionSchema(Last.Version)),
        (nameof(BaseSchema), "The schema that holds the tables.", BaseSchema),
        ("Migration", "The name of the last migration.", Last.Name),
        ("Version", "The name of the version: <c>Current</c> without <c>BaseSchema</c>.", Last.Version),
        ("Previous", "The version's schema before <c>Current</c>; {0} if this is the first.",
            Migrations.Count > 1 ? VersionSchema(Migrations[Migrations.Count - 2].Version) : null),
        (nameof(Checksum), "A hash of what the migrations say, comments and layout aside.", Checksum),
    ];

    /// <summary>The version that a project's migrations make.</summary>
    public static SchemaVersion Of(ProjectSet project, MigrationSet set)
    {
        // Of a file that cannot be read, its name is the best guess; only editors get to see it.
        var versions =
            from file in MigrationFile.InOrder(project.Files)
            let name = Path.GetFileNameWithoutExtension(file)
            select (name, set.Migrations.FirstOrDefault(m => m.Document.File == file)?.Version ?? name);
        return new(project.BaseSchema, [.. versions], Build.Migrations.Checksum.Of(set.Migrations))
        {
            ClassName = project.ClassName,
            Namespace = project.Namespace,
            IsPublic = project.IsPublic,
        };
    }

    string VersionSchema(string version) => GeneratedNames.VersionSchema(BaseSchema, version);
}
