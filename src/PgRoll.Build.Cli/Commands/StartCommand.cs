using System.CommandLine;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Commands;

/// <summary><c>start</c>: expands the database so that old and new version are live side by side.</summary>
sealed class StartCommand : Verb
{
    readonly PathArgument _path = new("A migration file, or a folder of them; what the database has already is skipped.");

    readonly Option<bool> _complete = new("--complete", "-c")
    {
        Description = "Complete the migration right away: for databases that no running application uses.",
    };

    readonly Option<bool> _expectPending = new("--expect-pending") { Description = "End with code 4 if there is nothing to start." };

    readonly Option<string> _multiplePending = new Option<string>("--multiple-pending")
    {
        Description = "What becomes of several pending migrations: together (one rollout), complete-earlier (one by one, all but the last "
            + "completed at once: no application may be running) or fail. An empty database always takes them one by one.",
        DefaultValueFactory = static _ => "together",
    }.AcceptOnlyFromAmong("together", "complete-earlier", "fail");

    readonly Setting<int?> _batchSize = new("--backfill-batch-size", "ROWS", [], static text => Texts.Count(text), null,
        "Rows a batch of the backfill aims at. Default: batches of 100 ms.");

    readonly Setting<TimeSpan> _batchDelay = new("--backfill-batch-delay", "TIME", [], Duration.ReadPositive, TimeSpan.Zero,
        "The pause between two batches: 100ms, 1s. Default: none.");

    readonly TriggerChoice _triggers = new();

    readonly RolloutLimits _limits = new();

    public StartCommand(GlobalSettings global) : base("start", global,
        "Start the next migration: old and new version of the schema are live side by side until `complete` or `rollback`. "
        + "An interrupted start goes on where it stopped.")
    {
        Add(_path);
        Add(_complete);
        Add(_expectPending);
        Add(_multiplePending);
        Add(_batchSize.Option);
        Add(_batchDelay.Option);
        _triggers.AddTo(this);
        _limits.AddTo(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "dotnet pgroll start                               # what is pending in the folder migrations",
        "dotnet pgroll start migrations/02_email.yaml      # this file",
        "dotnet pgroll start --complete                    # no application is running",
        "dotnet pgroll start --backfill-batch-delay 100ms  # go easy on a busy server",
    ];

    protected override async Task<ExitReason> RunAsync(Invocation run, CancellationToken ct)
    {
        var files = MigrationPath.Read(run.Value(_path)!);
        if (await run.WithRunnerAsync(runner => runner.StartAsync(files, ct), options => Configure(run, options)) is not { } started)
        {
            await run.Out.WriteLineAsync("Database is up to date; no migrations to apply");
            return run.Value(_expectPending) ? ExitReason.NotNow : ExitReason.Done;
        }
        if (started.Migrations.Count > 1)
            await run.Out.WriteLineAsync($"{string.Join(", ", started.Migrations)} are one rollout: only the last one's version is published");
        await run.Out.WriteLineAsync(started.VersionSchema is { } schema
            ? $"New version of the schema available under the postgres \"{schema}\" schema"
            : $"Migration \"{started.Migration}\" started successfully");
        if (run.Value(_complete))
            await CompleteCommand.CompleteAsync(run, options => Configure(run, options), ct);
        return ExitReason.Done;
    }

    RunnerOptions Configure(Invocation run, RunnerOptions options) => _triggers.Apply(run, _limits.Apply(run, options)) with
    {
        MultiplePending = run.Value(_multiplePending) switch
        {
            "complete-earlier" => MultiplePending.CompleteEarlier,
            "fail" => MultiplePending.Fail,
            _ => MultiplePending.Together,
        },
        BackfillBatchSize = run.Value(_batchSize),
        BackfillBatchDelay = run.Value(_batchDelay),
    };
}
