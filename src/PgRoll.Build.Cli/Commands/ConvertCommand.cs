using System.CommandLine;
using PgRoll.Build.Cli.Files;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Conversion;
using PgRoll.Build.Engine;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;

namespace PgRoll.Build.Cli.Commands;

/// <summary><c>convert</c>: makes migrations of SQL.</summary>
sealed class ConvertCommand : Verb
{
    const string Nameless = "01_converted", Input = "-";

    readonly Argument<string> _file = new("FILE")
    {
        Description = "The SQL; without it, or as -, standard input is read.",
        DefaultValueFactory = static _ => Input,
    };

    readonly Option<string?> _name = new("--name", "-n")
    {
        Description = $"The migration's name; several get _1, _2 … behind it. Default: the file's, or {Nameless}. A script of EF Core tells the names itself.",
        HelpName = "NAME",
    };

    readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "The folder to write files to; it is made if it is not there. The migrations in it tell which columns and types the SQL meets.",
        HelpName = "DIR",
    };

    readonly NotationOption _json = new();

    public ConvertCommand(GlobalSettings global) : base("convert", global,
        "Make migrations of SQL: scripts of EF Core, pg_dump, Drizzle, Rails and others. What no operation says stays SQL, with the reason; where only a person knows "
        + "`up` or `down`, a placeholder stands that `validate` refuses. One migration is printed, several need --output. What is left out is told on standard error. "
        + "It needs no database, and writes over no file.")
    {
        _file.Validators.Add(static result =>
        {
            if (result.Tokens.Count == 0 || result.Tokens[0].Value != Input)
                PathArgument.RefuseFlags(result);
        });
        Add(_file);
        Add(_name);
        Add(_output);
        Add(_json);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "dotnet pgroll convert schema.sql                               # one migration, printed",
        "dotnet pgroll convert changes.sql --name 05_orders --output migrations",
        "dotnet ef migrations script | dotnet pgroll convert --output migrations  # a file for each migration of EF Core",
    ];

    protected override async Task<ExitReason> RunAsync(Invocation run, CancellationToken ct)
    {
        var (file, folder, asJson) = (run.Value(_file)!, run.Value(_output), run.Value(_json));
        var sql = file != Input ? MigrationPath.ReadText(file) : run.In is { } input ? await input.ReadToEndAsync(ct)
            : throw new PgRollException(ExitReason.Usage, "There is no SQL: give a file, or pipe it in.");
        var name = FileNames.WithoutExtension(run.Value(_name) ?? (file == Input ? Nameless : Path.GetFileNameWithoutExtension(file)), asJson);
        IReadOnlyList<MigrationFile> there = folder is not null && Directory.Exists(folder) ? MigrationPath.ReadFolder(folder) : [];
        var conversion = SqlConverter.Convert(sql, name, SchemaAfter(there, run.Schema));
        if (conversion.Problem is { } problem)
            throw new PgRollException(ExitReason.Findings, $"Line {problem.Line} is no SQL: {problem.Text}.");
        foreach (var remark in conversion.Remarks.GroupBy(remark => remark.Text))
            await run.Error.WriteLineAsync($"{Lines([.. remark.Select(r => r.Line).Distinct()])}: {remark.Key}.");
        IReadOnlyList<MigrationFile> files = [.. conversion.Migrations.Select(migration => new MigrationFile(
            FileNames.In(folder ?? "", migration.Name, asJson), asJson ? MigrationText.Of(migration.Name, migration.Json, asJson) : migration.Yaml))];
        if (files.Count == 0)
            throw new PgRollException(ExitReason.Usage, $"There is nothing to convert in {(file == Input ? "standard input" : $"'{file}'")}.");
        await WriteAsync(run, folder, files, there, ct);
        foreach (var finding in MigrationSet.Check([.. there.Concat(files).OrderBy(f => Path.GetFileName(f.Path), Utf8Order.Instance)], Schema.Empty(run.Schema)).Diagnostics.Where(finding =>
            // Of what the SQL builds on, nothing is known where no migrations are.
            files.Any(file => file.Path == finding.Location.File) && (there.Count > 0 || !finding.Rule.Id.StartsWith("PGR02", StringComparison.Ordinal))))
            await run.Error.WriteLineAsync(finding.ToString());
        return ExitReason.Done;
    }

    static async Task WriteAsync(Invocation run, string? folder, IReadOnlyList<MigrationFile> files, IReadOnlyList<MigrationFile> there, CancellationToken ct)
    {
        if (folder is null && files.Count > 1)
            throw new PgRollException(ExitReason.Usage, $"The SQL makes {files.Count} migrations ({string.Join(", ", files.Select(f => f.Name))}): give --output, the folder for their files.");
        if (folder is null)
        {
            await run.Out.WriteAsync(files[0].Text);
            return;
        }
        if (files.Select(f => f.Name).Intersect(there.Select(f => f.Name)).FirstOrDefault() is { } taken)
            throw new PgRollException(ExitReason.Usage, $"'{folder}' has a migration '{taken}' already. Nothing was written.");
        foreach (var file in files)
        {
            await MigrationPath.WriteNewAsync(file.Path, file.Text, ct);
            await run.Out.WriteLineAsync(file.Path);
        }
    }

    /// <summary>What the SQL meets; files that are wrong tell what they can.</summary>
    static Schema SchemaAfter(IReadOnlyList<MigrationFile> files, string schema) =>
        MigrationSet.Check([.. files, new("~.yaml", "operations: []")], Schema.Empty(schema)).History[^1].Before;

    static string Lines(IReadOnlyList<int> lines) => lines.Count switch
    {
        1 => $"Line {lines[0]}",
        <= 5 => $"Lines {string.Join(", ", lines)}",
        _ => $"Lines {string.Join(", ", lines.Take(4))} and {lines.Count - 4} more",
    };
}
