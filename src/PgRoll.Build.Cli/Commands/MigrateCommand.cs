using System.CommandLine;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Commands;

/// <summary><c>migrate</c>: starts all that is pending of a folder, and completes it if told to.</summary>
sealed class MigrateCommand : RolloutVerb
{
    readonly FolderArgument _folder = new("The folder of migrations.");

    readonly Option<bool> _expectOne = new("--expect-one") { Description = "End with code 4, and start nothing, if more than one migration is pending." };

    public MigrateCommand(GlobalSettings global) : base("migrate", global,
        "Start all pending migrations of a folder. It differs from `start` in that it takes a folder, never one file, and knows --expect-one. "
        + "It differs from pgroll's in two ways: several pending migrations become one rollout, so that the running application keeps its version "
        + "(pgroll's way is --multiple-pending complete-earlier); and a migration that is active is exit code 4, not 0.")
    {
        Add(_folder);
        Add(_expectOne);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "dotnet pgroll migrate migrations                                               # one rollout; complete it after the deploy",
        "dotnet pgroll migrate migrations --complete --multiple-pending complete-earlier  # a test database: all of them, to the end",
        "dotnet pgroll migrate migrations --expect-one                                  # nothing, if somebody else's is pending too",
    ];

    protected override Task<ExitReason> RunAsync(Invocation run, CancellationToken ct) =>
        StartAsync(run, MigrationPath.Folder(run.Value(_folder)!), run.Value(_expectOne), ct);
}
