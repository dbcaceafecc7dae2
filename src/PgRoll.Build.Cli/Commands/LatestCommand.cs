using System.CommandLine;
using PgRoll.Build.Cli.Output;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine;
using PgRoll.Build.Model;

namespace PgRoll.Build.Cli.Commands;

/// <summary><c>latest</c>: the newest version, as the database or a folder has it.</summary>
sealed class LatestCommand : Verb
{
    readonly Option<string?> _local = new("--local", "-l")
    {
        Description = "Ask this folder of migrations instead of the database.",
        HelpName = "DIR",
        Recursive = true,
    };

    readonly Option<bool> _json = new("--json", "-j") { Description = "Print migration, version and schema as JSON.", Recursive = true };

    readonly Option<bool> _withSchema = new("--with-schema") { Description = "The same as `latest schema`." };

    public LatestCommand(GlobalSettings global) : base("latest", global,
        "Print the newest version's name. `latest schema` prints the schema that its clients put on their search path.")
    {
        Add(_local);
        Add(_json);
        Add(_withSchema);
        Add(new Part("schema", global, "Print the newest version schema.", (run, ct) => PrintAsync(run, latest => latest.Schema, ct)));
        Add(new Part("migration", global, "Print the newest migration, the active one included.",
            (run, ct) => PrintAsync(run, latest => latest.Migration, ct)));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "dotnet pgroll latest schema                     # what the database has, the active migration included",
        "dotnet pgroll latest schema --local migrations  # what the files will make, without a database",
    ];

    protected override Task<ExitReason> RunAsync(Invocation run, CancellationToken ct) =>
        PrintAsync(run, run.Value(_withSchema) ? latest => latest.Schema : latest => latest.Version, ct);

    async Task<ExitReason> PrintAsync(Invocation run, Func<LatestReport, string?> part, CancellationToken ct)
    {
        var latest = run.Value(_local) is { } folder ? Local(folder, run.Schema) : await RemoteAsync(run, ct);
        if (part(latest) is not { } text)
            throw new PgRollException(ExitReason.NotNow, latest.Migration is null
                ? $"No migration was applied to schema '{run.Schema}' yet."
                : $"Schema '{run.Schema}' has no version schema.");
        if (run.Value(_json))
            await JsonOutput.WriteAsync(run.Out, latest, JsonOutput.Reports.LatestReport);
        else
            await run.Out.WriteLineAsync(text);
        return ExitReason.Done;
    }

    static async Task<LatestReport> RemoteAsync(Invocation run, CancellationToken ct)
    {
        var status = await run.WithRunnerAsync(runner => runner.StatusAsync(ct));
        return new(status.Migration, status.Version.Length == 0 ? null : status.Version, status.VersionSchema);
    }

    static LatestReport Local(string folder, string schema)
    {
        // The file alone: what it builds on is not asked for.
        var set = MigrationSet.Check([MigrationPath.ReadLast(folder)], Schema.Empty(schema) with { IsPartlyUnknown = true });
        if (set.HasErrors)
            throw new PgRollException([.. set.Diagnostics.Where(finding => finding.Severity == Severity.Error)]);
        var migration = set.History[0].Migration;
        return new(migration.Name, migration.Version, migration.VersionSchema(schema));
    }

    /// <summary>One of its parts.</summary>
    sealed class Part(string name, GlobalSettings global, string description, Func<Invocation, CancellationToken, Task<ExitReason>> print)
        : Verb(name, global, description)
    {
        public override IReadOnlyList<string> Examples => [$"dotnet pgroll latest {Name}", $"dotnet pgroll latest {Name} --local migrations"];

        protected override Task<ExitReason> RunAsync(Invocation run, CancellationToken ct) => print(run, ct);
    }
}
