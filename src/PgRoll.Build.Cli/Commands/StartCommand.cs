using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Commands;

/// <summary><c>start</c>: expands the database so that old and new version are live side by side.</summary>
sealed class StartCommand : RolloutVerb
{
    readonly PathArgument _path = new("A migration file, or a folder of them; what the database has already is skipped.");

    public StartCommand(GlobalSettings global) : base("start", global,
        "Start the next migration: old and new version of the schema are live side by side until `complete` or `rollback`. "
        + "An interrupted start goes on where it stopped.") => Add(_path);

    public override IReadOnlyList<string> Examples =>
    [
        "dotnet pgroll start                               # what is pending in the folder migrations",
        "dotnet pgroll start migrations/02_email.yaml      # this file",
        "dotnet pgroll start --complete                    # no application is running",
        "dotnet pgroll start --backfill-batch-delay 100ms  # go easy on a busy server",
    ];

    protected override Task<ExitReason> RunAsync(Invocation run, CancellationToken ct) =>
        StartAsync(run, run.Value(_path)!, isOneExpected: false, ct);
}
