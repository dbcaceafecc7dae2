using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;

namespace PgRoll.Build.Cli.Commands;

/// <summary><c>update</c>: brings files that older pgrolls wrote to today's form.</summary>
sealed class UpdateCommand : Verb
{
    readonly FolderArgument _folder = new("The folder of migrations.");

    public UpdateCommand(GlobalSettings global) : base("update", global,
        "Bring migration files of older pgroll versions to today's form: the columns of create_index as a list of objects. "
        + "Only these words of a file change; comments, layout and notation stay. It needs no database.")
    {
        Add(_folder);
        Add(new JsonOption());
    }

    public override IReadOnlyList<string> Examples => ["dotnet pgroll update migrations && git diff migrations"];

    protected override async Task<ExitReason> RunAsync(Invocation run, CancellationToken ct)
    {
        var files = run.MigrationsIn(run.Value(_folder)!);
        var updated = files.Where(file => Errors(file).Count > 0).Select(LegacyFormat.Update).OfType<MigrationFile>().ToList();
        if (updated.SelectMany(Errors).ToList() is { Count: > 0 } errors)
            throw new PgRollException(errors);
        foreach (var file in updated)
            await MigrationPath.WriteAsync(file.Path, file.Text, ct);
        IReadOnlyList<string> paths = [.. updated.Select(file => file.Path)];
        await run.ReportAsync(new(paths), Output.JsonOutput.Reports.UpdateReport,
            paths.Count == 0 ? $"Nothing to update: none of the {files.Count} files has an older form." : string.Join(Environment.NewLine, paths.Select(path => $"Updated {path}")));
        return ExitReason.Done;
    }

    /// <summary>What is wrong with the file as such; what it builds on is not asked for.</summary>
    static IReadOnlyList<Diagnostic> Errors(MigrationFile file) =>
        [.. MigrationSet.Check([file], Schema.Empty("public") with { IsPartlyUnknown = true }).Diagnostics.Where(finding => finding.Rule.Id.StartsWith("PGR01", StringComparison.Ordinal) && finding.Severity == Severity.Error)];
}
