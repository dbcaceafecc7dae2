namespace PgRoll.Build.Tasks;

/// <summary>An error of a build that is no finding in a migration.</summary>
/// <param name="Code">Its code; those of findings are below 9000.</param>
/// <param name="Meaning">What it means, in one sentence.</param>
sealed record BuildError(string Code, string Meaning)
{
    public const string HelpLink = "https://github.com/pgroll-build/pgroll-build/blob/main/src/PgRoll.Build.Tasks/README.md#errors";
}

/// <summary>The errors, as the package's README lists them.</summary>
static class BuildErrors
{
    public static BuildError Runner { get; } = new("PGR9000", "The runner could not be run, or ended in a way that it does not know: it needs the .NET runtime 10 or newer.");

    public static BuildError Sets { get; } = new("PGR9010", "The project does not say clearly which sets of migrations it has.");

    public static BuildError Folder { get; } = new("PGR9011", "The folder has migrations that the project has not, or there are none: the runner takes whole folders.");

    /// <summary>A code for each exit code of the runner that is a failure: PGR900n.</summary>
    public static IReadOnlyList<BuildError> OfExit { get; } =
    [
        new("PGR9001", "The migrations have errors; nothing was changed."),
        new("PGR9002", "Wrong usage or configuration; nothing was changed."),
        new("PGR9003", "The database cannot be reached or refused; what was changed was rolled back."),
        new("PGR9004", "Not possible in this state: no `init` yet, another migration is active, none is, or none is pending."),
        new("PGR9005", "Interrupted; what was started is left active, and the same target goes on with it."),
        new("PGR9006", "A person must look; the message says at what."),
    ];

    public static IEnumerable<BuildError> All => [Runner, .. OfExit, Sets, Folder];

    public static BuildError Of(int exitCode) => exitCode >= 1 && exitCode <= OfExit.Count ? OfExit[exitCode - 1] : Runner;
}
