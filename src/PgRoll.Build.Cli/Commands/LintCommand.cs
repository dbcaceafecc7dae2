using System.CommandLine;
using PgRoll.Build.Cli.Output.Findings;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;

namespace PgRoll.Build.Cli.Commands;

/// <summary><c>lint</c>: what is wrong with migrations and what risks they bear, without a database.</summary>
sealed class LintCommand : Verb
{
    readonly PathArgument _path = new("A folder of migrations, or one of its files: then the findings in it, and the errors in those before it.");

    readonly FormatOption _format = new("How findings are written");

    readonly FailOnOption _failOn = new();

    readonly Option<string?> _since = new("--since") { Description = "The first migration whose risks are told; of those before it, only errors of files and names (PGR01xx, PGR02xx).", HelpName = "NAME" };

    readonly Option<bool> _reasons = new("--require-reasons") { Description = "A suppression must say why." };

    public LintCommand(GlobalSettings global) : base("lint", global,
        "Tell the risks in migrations as well as the errors, without a database. Severities are set in .editorconfig (dotnet_diagnostic.PGR0402.severity = error); "
        + "a comment above an operation suppresses (# pgroll-disable PGR0402: reason).")
    {
        Add(_path);
        _format.AddTo(this);
        Add(_failOn);
        Add(_since);
        Add(_reasons);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "dotnet pgroll lint                                     # all files of the folder migrations",
        "dotnet pgroll lint --format github --fail-on warning   # in a workflow",
        "dotnet pgroll lint --format sarif --output lint.sarif  # for code scanning",
        "dotnet pgroll lint --since 0042_orders                 # what came before is history",
    ];

    protected override async Task<ExitReason> RunAsync(Invocation run, CancellationToken ct)
    {
        var path = run.Value(_path)!;
        var result = Lint(run.History(path), path, run.Schema, run.Value(_since), run.Value(_reasons));
        await _format.WriteAsync(run, _format.Of(run).Write(result), result.Summary(), ct);
        return _failOn.Judge(run, result);
    }

    /// <summary>What is found in a folder of migrations, or in one of its files and of errors before it.</summary>
    public static LintResult Lint(IReadOnlyList<MigrationFile> files, string path, string schema, string? since, bool needsReasons)
    {
        if (since is not null && !files.Any(file => file.Name == since))
            throw new PgRollException(ExitReason.Usage, $"--since: there is no migration '{since}' in '{path}'.");
        var set = MigrationPath.Lint(files, path, Schema.Empty(schema), since, needsReasons);
        if (Directory.Exists(path))
            return new(files, set.Diagnostics, set.Suppressed);
        var own = files[^1];
        return new(
            [own],
            [.. set.Diagnostics.Where(finding => finding.Severity == Severity.Error || finding.Location.File == own.Path)],
            [.. set.Suppressed.Where(suppressed => suppressed.Finding.Location.File == own.Path)]);
    }
}
