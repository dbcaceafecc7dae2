using System.Text;
using PgRoll.Build.Cli.Output.Findings;
using PgRoll.Build.Cli.Output.Plans;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine;
using PgRoll.Build.Engine.State;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Plans;

namespace PgRoll.Build.Cli.Commands;

/// <summary><c>plan</c>: the SQL of each phase, before anything is done.</summary>
sealed class PlanCommand : Verb
{
    readonly PathArgument _path = new("A migration file, or a folder of them: the plan is its last file's, or online that of what is pending.");

    readonly OnlineChoice _online = new();

    readonly TriggerChoice _triggers = new();

    readonly RowCheckTime _rowChecks = new();

    readonly FormatOption _format = new("text is the SQL, json the plan as `start` stores it, markdown an overview; the others are of the findings alone, as `lint` has them");

    public PlanCommand(GlobalSettings global) : base("plan", global,
        "Print what start, complete and rollback would do: the SQL, the locks and the reasons. "
        + "Without a database it is planned on the schema that the files before it make, for the oldest supported server. In JSON it is the plan as `start` stores it, or null where nothing is pending.")
    {
        Add(_path);
        Add(new JsonOption());
        _format.AddTo(this);
        _online.AddTo(this);
        _triggers.AddTo(this);
        _rowChecks.AddTo(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "dotnet pgroll plan                           # the last file of the folder migrations",
        "dotnet pgroll plan migrations/02_email.yaml  # this file, on the schema that those before it make",
        "dotnet pgroll plan --online                  # what `start` would do to the database",
        "dotnet pgroll plan --format markdown         # for a pull request",
    ];

    protected override async Task<ExitReason> RunAsync(Invocation run, CancellationToken ct)
    {
        var path = run.Value(_path)!;
        try
        {
            return await WriteAsync(run, path, _online.IsMade(run) ? await OnlineAsync(run, path, ct) : Offline(run, path), ct);
        }
        catch (PgRollException refused) when (refused.Diagnostics.Count > 0 && !run.IsJson && _format.Of(run).Name is not ("text" or "json"))
        {
            // Whoever shows findings in their files shows these too.
            var findings = new LintResult(run.History(path), refused.Diagnostics, []);
            await _format.WriteAsync(run, _format.Of(run).Write(findings), findings.Summary(), ct);
            return refused.Reason;
        }
    }

    async Task<ExitReason> WriteAsync(Invocation run, string path, PlanResult? planned, CancellationToken ct)
    {
        var findings = planned is null ? new([], [], []) : Findings(path, planned);
        var format = run.IsJson ? "json" : _format.Of(run).Name;
        await _format.WriteAsync(run, format switch
        {
            "json" => planned is null ? "null" : Encoding.UTF8.GetString(PlanJson.Write(planned.Plan)),
            "text" => planned is null ? Nothing : $"{Head(planned)}{Remarks(findings)}{PlanScript.Write(planned.Plan).TrimEnd()}",
            "markdown" => planned is null ? Nothing : PlanMarkdown.Write(planned, findings),
            _ => _format.Of(run).Write(findings),
        }, planned is null ? Nothing : $"The plan of {string.Join(", ", planned.Migrations)}.", ct);
        return findings.Count(Severity.Error) > 0 ? ExitReason.Findings : ExitReason.Done;
    }

    /// <summary>What the planned migrations risk, on the schema that they meet.</summary>
    public static LintResult Findings(string path, PlanResult planned)
    {
        IReadOnlyList<MigrationFile> files = [.. MigrationPath.ReadHistory(path).Where(file => planned.Migrations.Contains(file.Name))];
        var names = new HashSet<string>(files.Select(file => file.Path));
        var set = MigrationPath.Lint(files, path, planned.Before, live: planned.Live);
        // The lock is about the whole folder: who lints that looks at it.
        return new(files, [.. set.Diagnostics.Where(finding => names.Contains(finding.Location.File))], set.Suppressed);
    }

    static string Remarks(LintResult findings) =>
        string.Concat(findings.Findings.Select(finding => $"-- {finding.ToString().ReplaceLineEndings(" ")}\n"));

    const string Nothing = "Nothing to plan: the database has all of these migrations.";

    static string Head(PlanResult planned) =>
        $"-- The plan of {string.Join(", ", planned.Migrations)}{(planned.Migrations.Count > 1 ? ", as one rollout" : "")}.\n"
        + (planned.Later.Count == 0 ? "" : $"-- Then come {string.Join(", ", planned.Later)}: on an empty database `start` takes them one by one, and each is planned when the one before it is complete.\n")
        + (planned.Before.IsPartlyUnknown ? "-- What raw SQL did before it is not known in full: `plan --online` plans on the database's own schema.\n" : "");

    Task<PlanResult?> OnlineAsync(Invocation run, string path, CancellationToken ct)
    {
        var files = run.History(path);
        return run.WithRunnerAsync(runner => runner.PlanAsync(files, ct), options => _rowChecks.Apply(run, _triggers.Apply(run, MigrationPath.Means(path, options))));
    }

    /// <summary>The plan of the last file, on the schema that those before it make.</summary>
    public static PlanResult Offline(Invocation run, string path)
    {
        var set = MigrationPath.Lint(MigrationPath.ReadHistory(path), path, Schema.Empty(run.Schema));
        if (set.HasErrors)
            throw new PgRollException([.. set.Diagnostics.Where(finding => finding.Severity == Severity.Error)]);
        if (set.History is not [.., var last])
            throw MigrationPath.NoFile(path);
        return new([last.Migration.Name], OfflinePlan.Of(set, set.History.Count - 1, run.UseVersionSchema, run.ExposeXmin == true)) { Before = last.Before, After = last.After };
    }
}
