using System.CommandLine;
using PgRoll.Build.Cli.Output;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Commands;

/// <summary>What <c>start</c> and <c>migrate</c> have in common: they start what is pending of some files.</summary>
abstract class RolloutVerb : Verb
{
    readonly Option<bool> _complete = new("--complete", "-c")
    {
        Description = "Complete it right away: for databases that no running application uses.",
    };

    readonly Option<bool> _expectPending = new("--expect-pending") { Description = "End with code 4 if there is nothing to start." };

    readonly Option<string> _multiplePending = new Option<string>("--multiple-pending")
    {
        Description = "What becomes of several pending migrations: together (one rollout), complete-earlier (one by one, all but the last "
            + "completed at once: no application may be running) or fail. An empty database always takes them one by one.",
        HelpName = "together|complete-earlier|fail",
        DefaultValueFactory = static _ => "together",
    }.AcceptOnlyFromAmong("together", "complete-earlier", "fail");

    readonly Setting<bool> _skipValidation = new("--skip-validation", "true|false", ["PGROLL_SKIP_VALIDATION"], Texts.Switch, false,
        "Take errors that the database itself meets at start for warnings. What cannot be planned, or would only fail at complete, stays an error; the rows are not asked. Default: false.");

    readonly Setting<int?> _batchSize = new("--backfill-batch-size", "ROWS", [], static text => Texts.Count(text), null,
        "Rows a batch of the backfill aims at. Default: batches of 25 ms, beside clients of 5 ms.");

    readonly Setting<int?> _workers = new("--backfill-workers", "COUNT", [], static text => Texts.Count(text), null,
        "Sessions that fill a table at once. Default: two for large tables.");

    readonly Setting<TimeSpan> _batchDelay = new("--backfill-batch-delay", "TIME", [], Duration.ReadPositive, TimeSpan.Zero,
        "The pause between two batches: 100ms, 1s. Default: none.");

    readonly Setting<TimeSpan?> _maxReplicaLag = new("--max-replica-lag", "TIME", [], static text => Duration.ReadPositive(text), null,
        "The backfill waits while a replica, standby or subscription, is further behind: 10s, 1m. Needs the rights of pg_read_all_stats. Default: it looks at none.");

    readonly TriggerChoice _triggers = new();

    readonly RowCheckTime _rowChecks = new();

    readonly RolloutLimits _limits = new();

    protected RolloutVerb(string name, GlobalSettings global, string description) : base(name, global, description)
    {
        Add(_complete);
        Add(_expectPending);
        Add(_multiplePending);
        _skipValidation.Option.Aliases.Add("-s");
        Add(_skipValidation.Option);
        Add(_batchSize.Option);
        Add(_workers.Option);
        Add(_batchDelay.Option);
        Add(_maxReplicaLag.Option);
        _triggers.AddTo(this);
        _rowChecks.AddTo(this);
        _limits.AddTo(this);
        Add(new JsonOption());
    }

    protected async Task<ExitReason> StartAsync(Invocation run, string path, bool isOneExpected, CancellationToken ct)
    {
        var files = run.History(path);
        RunnerOptions Configure(RunnerOptions options) => this.Configure(run, MigrationPath.Means(path, options), isOneExpected);
        if (await run.WithRunnerAsync(runner => runner.StartAsync(files, ct), Configure) is not { } started)
        {
            await run.ReportAsync(new("nothing", [], null), JsonOutput.Reports.StartReport, files.Count == 0 ? "Nothing to do: there are no migrations." : "Nothing to do: the database has all of these migrations.");
            return run.Value(_expectPending) ? ExitReason.NotNow : ExitReason.Done;
        }
        if (run.Value(_complete))
            try
            {
                await run.WithRunnerAsync(runner => runner.CompleteAsync(ct), Configure);
            }
            catch (PgRollException)
            {
                await run.Error.WriteLineAsync($"Started, but not completed: {string.Join(", ", started.Migrations)}. When what follows is mended, run `complete`, or `rollback`.");
                throw;
            }
        var isComplete = run.Value(_complete);
        await run.ReportAsync(
            new(isComplete ? "completed" : "started", started.Migrations, started.VersionSchema), JsonOutput.Reports.StartReport, Text(started, isComplete));
        return ExitReason.Done;
    }

    static string Text(StartResult started, bool isComplete)
    {
        var what = started.Migrations.Count == 1 ? started.Migration : $"{string.Join(", ", started.Migrations)} as one rollout";
        var clients = started.VersionSchema is { } schema ? $"Clients of the new version use schema {schema}." : "There is no version schema: clients use the tables themselves.";
        return isComplete
            ? $"Started and completed {what}. {clients}"
            : $"Started {what}. {clients} Next: deploy the application, then `complete`; or `rollback`.";
    }

    RunnerOptions Configure(Invocation run, RunnerOptions options, bool isOneExpected) => _rowChecks.Apply(run, _triggers.Apply(run, _limits.Apply(run, options))) with
    {
        MultiplePending = isOneExpected ? MultiplePending.Fail : !run.IsGiven(_multiplePending) ? options.MultiplePending : run.Value(_multiplePending) switch
        {
            "complete-earlier" => MultiplePending.CompleteEarlier,
            "fail" => MultiplePending.Fail,
            _ => MultiplePending.Together,
        },
        SkipValidation = run.Value(_skipValidation),
        BackfillBatchSize = run.Value(_batchSize),
        BackfillWorkers = run.Value(_workers),
        BackfillBatchDelay = run.Value(_batchDelay),
        MaxReplicaLag = run.Value(_maxReplicaLag),
    };
}
