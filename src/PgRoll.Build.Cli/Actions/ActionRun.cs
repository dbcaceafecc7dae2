using PgRoll.Build.Cli.Actions.PullRequests;
using PgRoll.Build.Cli.Actions.Summaries;
using PgRoll.Build.Cli.Actions.Workflow;
using PgRoll.Build.Cli.Commands;
using PgRoll.Build.Cli.Connections;
using PgRoll.Build.Cli.Output;
using PgRoll.Build.Cli.Output.Findings;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine;
using PgRoll.Build.Migrations;

namespace PgRoll.Build.Cli.Actions;

/// <summary>One step of a workflow: what it was told, what it found, and whom it tells.</summary>
sealed class ActionRun
{
    // The service ends an interrupted step after 7.5 seconds.
    static readonly TimeSpan Parting = TimeSpan.FromSeconds(3);

    readonly Invocation _run;
    IReadOnlySet<string>? _changed;

    public ActionRun(Invocation process, ActionInputs inputs, WorkflowLog log)
    {
        (Inputs, Log) = (inputs, log);
        _run = process.Within(new(log.Text, log.Text, inputs.Setting, canDraw: false) { Owner = WorkflowOwner.Of(process.Owner, process.Variable) });
        Progress = new(Notices, log.Text);
    }

    public ActionInputs Inputs { get; }

    public WorkflowLog Log { get; }

    public ActionOutputs Outputs { get; } = new();

    public Notices Notices { get; } = new();

    public ActionProgress Progress { get; }

    /// <summary>What is told of the step when it has ended.</summary>
    public JobSummary Summary { get; } = new();

    /// <summary>What was found in the migrations; null where nobody looked.</summary>
    public LintResult? Findings { get; private set; }

    /// <summary>The command line's view of the same.</summary>
    public Invocation Settings => _run;

    public IReadOnlyList<MigrationFile> Files() => _run.History(Inputs.Path);

    /// <summary>Whether anything names a database.</summary>
    public bool HasDatabase => _run.Variable("PGROLL_PG_URL") is not null || _run.Variable("PGROLL_DATABASE_URL") is not null || ConnectionStrings.FirstVariable(_run.Variable) is not null;

    public MigrationRunner Runner(Func<RunnerOptions, RunnerOptions>? configure = null) => new((configure ?? (options => options))(Options()));

    /// <summary>Notes what was found, for annotations, summary, reports and outputs.</summary>
    public async Task FoundAsync(LintResult result, CancellationToken ct)
    {
        if (await ChangedAsync(ct) is not null)
            // An error anywhere keeps all of the migrations from being used.
            result = result with { Findings = [.. result.Findings.Where(finding => finding.Severity is Severity.Error || IsChanged(finding))] };
        Found(result);
    }

    /// <summary>The full paths of the files that the run is about; null for all, or where nobody knows.</summary>
    public async Task<IReadOnlySet<string>?> ChangedAsync(CancellationToken ct)
    {
        if ((Inputs.ChangedSince ?? PullRequestEvent.Of(_run.Variable)?.Base) is not { } since)
            return null;
        (_changed, var error) = await ChangedFiles.SinceAsync(since, ct);
        if (_changed is null)
            Notices.Warn($"What changed since {since} is not known, so everything is told; the checkout needs `fetch-depth: 0`. {error}");
        return _changed;
    }

    public void Found(LintResult result)
    {
        Findings = result;
        Outputs.Set("finding-count", result.Findings.Count);
        Outputs.Set("error-count", result.Count(Severity.Error));
        Outputs.Set("warning-count", result.Count(Severity.Warning));
        Outputs["rule-codes"] = string.Join(',', result.Findings.Select(finding => finding.Rule.Id).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>What a database is at after whatever was done, for outputs and summary.</summary>
    public async Task<RunnerStatus> StatusAsync(CancellationToken ct)
    {
        var status = await Runner().StatusAsync(ct);
        Outputs.Set(status);
        Summary.Status = status;
        if (Directory.Exists(Inputs.Path) || File.Exists(Inputs.Path))
        {
            var history = await Runner().HistoryAsync(ct);
            var known = history.Select(migration => migration.Name).ToHashSet();
            // What a baseline stands for is not pending, though nobody applied it.
            var floor = history.Count > 0 ? history[0].Name : status.Migration;
            Outputs.Set("pending-count", MigrationPath.ReadHistory(Inputs.Path).Count(file => !known.Contains(file.Name) && (floor is null || Utf8Order.Instance.Compare(file.Name, floor) > 0)));
        }
        return status;
    }

    /// <summary>An error ended the step.</summary>
    public async Task FailAsync(Exception error, bool isTimeout)
    {
        if (error is PgRollException { Diagnostics: { Count: > 0 } findings })
            Found(new([], findings, []));
        var sentence = isTimeout ? $"The step's `timeout` is over. {ErrorOutput.Sentence(error)}" : ErrorOutput.Sentence(error);
        Notices.Fail(sentence);
        ErrorOutput.Write(Log.Text, error, isVerbose: false);
        Summary.Error = sentence;
        if (ExitCodes.Of(error) == ExitReason.Interrupted && Inputs.Command is "start" or "migrate" or "complete" or "rollback" or "finish")
            Outputs["result"] = "left-active";
        if (!HasDatabase || Inputs.Command is "lint" or "plan" or "verify" || ExitCodes.Of(error) == ExitReason.Usage)
            return;
        using var parting = new CancellationTokenSource(Parting);
        try
        {
            await StatusAsync(parting.Token);
        }
        catch (Exception second) when (second is PgRollException or IOException or UnauthorizedAccessException)
        {
            // The error that was told first is the one that matters.
        }
    }

    /// <summary>Tells annotations, summary, comment and outputs of how the step ended.</summary>
    public async Task ReportAsync(ExitReason code, TimeSpan elapsed, DatabaseSecrets secrets)
    {
        Outputs.Set("exit-code", (int)code);
        Outputs.Set("duration-ms", (long)elapsed.TotalMilliseconds);
        Outputs.Set("backfilled-rows", Progress.Rows);
        foreach (var (name, value) in Outputs.Values)
            if (secrets.Masked.Any(secret => value.Contains(secret, StringComparison.Ordinal)))
                Notices.Warn($"The database's password occurs in output '{name}': the service will not hand that on to other jobs.");
        var summary = Summary.Write(this, code);
        if (Inputs.HasComment && code != ExitReason.Usage)
            await PullRequestComment.SendAsync(this, summary);
        if (Inputs.HasAnnotations)
            foreach (var command in Notices.Commands(Findings?.Findings ?? [], IsChanged))
                Log.Command(command);
        else
            foreach (var (_, text) in Notices.Texts)
                await Log.Text.WriteLineAsync(text);
        if (_run.Variable("GITHUB_OUTPUT") is { } outputs)
            await WorkflowFiles.WriteOutputsAsync(outputs, Outputs.Values);
        if (Inputs.HasSummary && _run.Variable("GITHUB_STEP_SUMMARY") is { } file)
            await WorkflowFiles.WriteSummaryAsync(file, summary);
    }

    bool IsChanged(Diagnostic finding) => _changed?.Contains(Path.GetFullPath(finding.Location.File)) is true;

    RunnerOptions Options()
    {
        if (!HasDatabase)
            throw new PgRollException(ExitReason.Usage, $"Command '{Inputs.Command}' needs a database: give it as PGROLL_PG_URL in the step's `env`, or as input `database-url`.");
        var options = _run.Options();
        return options with
        {
            ConnectionString = Inputs.DatabasePassword is { } password ? new Npgsql.NpgsqlConnectionStringBuilder(options.ConnectionString) { Password = password }.ConnectionString : options.ConnectionString,
            OwnerKey = Inputs.TakesOver ? null : WorkflowOwner.Key,
            LockBudget = Inputs.LockBudget ?? options.LockBudget,
            IndexWait = Inputs.IndexWait ?? options.IndexWait,
            BackfillBatchSize = Inputs.BackfillBatchSize,
            BackfillBatchDelay = Inputs.BackfillBatchDelay ?? options.BackfillBatchDelay,
            BackfillWorkers = Inputs.BackfillWorkers,
            MaxReplicaLag = Inputs.MaxReplicaLag,
            AllowUserTriggers = Inputs.AllowUserTriggers,
            Progress = Progress,
        };
    }
}
