using System.CommandLine;
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

    readonly Option<bool> _json = new("--json", "-j") { Description = "Print the findings as JSON." };

    readonly OnlineChoice _online = new();

    public ValidateCommand(GlobalSettings global) : base("validate", global,
        "Check migrations. Without a database: every file of the folder is replayed in order. "
        + "Online: what is pending is checked against the database's own schema.")
    {
        Add(_path);
        Add(_json);
        _online.AddTo(this);
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
        var findings = _online.IsMade(run) ? await OnlineAsync(run, path, ct) : Offline(run, path);
        if (run.Value(_json))
            await JsonOutput.WriteAsync(run.Out, FindingsReport.Of(findings), JsonOutput.Reports.FindingsReport);
        else
            foreach (var finding in findings)
                await run.Out.WriteLineAsync(finding.ToString());
        return findings.Any(finding => finding.Severity == Severity.Error) ? ExitReason.Findings : ExitReason.Done;
    }

    static IReadOnlyList<Diagnostic> Offline(Invocation run, string path)
    {
        var findings = MigrationSet.Check(MigrationPath.ReadHistory(path), Schema.Empty(run.Schema)).Diagnostics;
        return Directory.Exists(path)
            ? findings
            : [.. findings.Where(finding => finding.Severity == Severity.Error || finding.Location.File == path)];
    }

    static async Task<IReadOnlyList<Diagnostic>> OnlineAsync(Invocation run, string path, CancellationToken ct)
    {
        var files = MigrationPath.Read(path);
        try
        {
            await run.WithRunnerAsync(runner => runner.PlanAsync(files, ct));
            return [];
        }
        catch (PgRollException error) when (error.Diagnostics.Count > 0)
        {
            return error.Diagnostics;
        }
    }
}
