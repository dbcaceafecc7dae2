using PgRoll.Build.Cli.Output;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine;
using PgRoll.Build.Model;

namespace PgRoll.Build.Cli.Commands;

/// <summary><c>validate</c>: what is wrong with migrations, told by replaying them all, without a database.</summary>
sealed class ValidateCommand : Verb
{
    readonly PathArgument _path = new("A folder of migrations, or one of its files: then the findings in it, and the errors in those before it.");

    readonly OnlineChoice _online = new();

    readonly RowCheckTime _rowChecks = new();

    public ValidateCommand(GlobalSettings global) : base("validate", global,
        "Check migrations. Without a database: every file of the folder is replayed in order. "
        + "Online: what is pending is checked against the database's own schema, rows and names.")
    {
        Add(_path);
        Add(new JsonOption());
        _online.AddTo(this);
        _rowChecks.AddTo(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "dotnet pgroll validate                               # all files of the folder migrations",
        "dotnet pgroll validate migrations/02_email.yaml      # one file, after those before it",
        "dotnet pgroll validate --online                      # what is pending, against the database",
    ];

    protected override async Task<ExitReason> RunAsync(Invocation run, CancellationToken ct)
    {
        var path = run.Value(_path)!;
        var (count, findings) = _online.IsMade(run) ? await OnlineAsync(run, path, ct) : Offline(run, path);
        var migrations = count == 1 ? "1 migration" : $"{count} migrations";
        await run.ReportAsync(FindingsReport.Of(findings), JsonOutput.Reports.FindingsReport,
            findings.Count > 0 ? string.Join(Environment.NewLine, findings) : $"{migrations}, no findings.");
        return findings.Any(finding => finding.Severity == Severity.Error) ? ExitReason.Findings : ExitReason.Done;
    }

    static (int Count, IReadOnlyList<Diagnostic> Findings) Offline(Invocation run, string path)
    {
        var files = run.History(path);
        var findings = MigrationSet.Check(files, Schema.Empty(run.Schema)).Diagnostics;
        return Directory.Exists(path)
            ? (files.Count, findings)
            : (1, [.. findings.Where(finding => finding.Severity == Severity.Error || finding.Location.File == path)]);
    }

    async Task<(int Count, IReadOnlyList<Diagnostic> Findings)> OnlineAsync(Invocation run, string path, CancellationToken ct)
    {
        var files = run.History(path);
        var count = Directory.Exists(path) ? files.Count : 1;
        try
        {
            var planned = await run.WithRunnerAsync(runner => runner.PlanAsync(files, ct), options => _rowChecks.Apply(run, MigrationPath.Means(path, options)));
            return (count, planned?.Findings ?? []);
        }
        catch (PgRollException error) when (error is { Reason: ExitReason.Findings, Diagnostics.Count: > 0 })
        {
            return (count, error.Diagnostics);
        }
    }
}
