using System.CommandLine;
using PgRoll.Build.Cli.Files;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Commands;

/// <summary><c>baseline</c>: makes the schema as it is the start of a new history.</summary>
sealed class BaselineCommand : Verb
{
    const string AnyDump = "pg_dump", NoDump = "none";

    readonly Argument<string> _version = new("VERSION") { Description = "The baseline's name; later migrations must sort after it, and what sorts before it is not looked at any more." };

    readonly FolderArgument _folder = new("The folder of migrations.");

    readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask." };

    readonly Option<bool> _force = new("--force") { Description = "Write over a file that is there." };

    readonly Option<string?> _dump = new("--pg-dump")
    {
        Description = "The pg_dump to write the file with: as new as the server, or newer. Default: the one on the path, if it is. "
            + "Without one, or with `none`, the file is written from the catalog, and says what is missing in it.",
        HelpName = "FILE|none",
    };

    readonly NotationOption _json = new();

    public BaselineCommand(GlobalSettings global) : base("baseline", global,
        "Make the schema as it is the start of a new history: for a database that has tables but no migrations yet, or too many. "
        + "Writes the schema's SQL to DIR/VERSION.yaml, from which an empty database gets the same, and enters VERSION into this database's history as done.")
    {
        Add(_version);
        Add(_folder);
        Add(_yes);
        Add(_force);
        Add(_dump);
        Add(_json);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "dotnet pgroll baseline 01_initial migrations                                           # asks first",
        "dotnet pgroll baseline 01_initial migrations --yes --pg-dump /opt/postgresql/bin/pg_dump",
    ];

    protected override async Task<ExitReason> RunAsync(Invocation run, CancellationToken ct)
    {
        var asJson = run.Value(_json);
        var version = FileNames.WithoutExtension(run.Value(_version)!, asJson);
        var path = FileNames.In(run.Value(_folder)!, version, asJson);
        if (File.Exists(path) && !run.Value(_force))
            throw new PgRollException(ExitReason.Usage, $"'{path}' exists already. Choose another version, or give --force to write over it.");
        if (!run.Value(_yes) && !await Confirmation.AskAsync(run, $"A baseline restarts the history of schema '{run.Schema}': migrations up to {version} are not looked at any more. Go on?", ct))
        {
            await run.Error.WriteLineAsync("Nothing was done.");
            return ExitReason.Done;
        }
        var dump = await DumpAsync(run, ct);
        var baseline = await BaselineAsync(run, version, dump, path, asJson, ct);
        foreach (var line in baseline.Missing)
            await run.Error.WriteLineAsync($"Not in the file: {line}");
        if (baseline.Missing.Count > 0)
            await run.Error.WriteLineAsync($"Warning: the file lacks {baseline.Missing.Count} things of the schema. Its first lines list them: add what an empty database needs.");
        await run.Out.WriteLineAsync($"{version} is the baseline of schema '{run.Schema}'. An empty database gets {(baseline.Missing.Count == 0 ? "the same" : "the rest")} from {path}."
            + (baseline.VersionSchema is { } schema ? $" {Clients(schema, version)}" : ""));
        return ExitReason.Done;
    }

    /// <summary>The file and the history's row come together, or neither does.</summary>
    static async Task<Baseline> BaselineAsync(Invocation run, string version, string? dump, string path, bool asJson, CancellationToken ct)
    {
        var before = File.Exists(path) ? await File.ReadAllTextAsync(path, ct) : null;
        var isWritten = false;
        try
        {
            return await run.WithRunnerAsync(runner => runner.BaselineAsync(version, dump, async baseline =>
            {
                await MigrationPath.WriteAsync(path, MigrationText.OfSql(version, Head(baseline) + baseline.Sql, asJson), ct);
                isWritten = true;
            }, ct));
        }
        catch when (isWritten)
        {
            if (before is null)
                File.Delete(path);
            else
                await MigrationPath.WriteAsync(path, before, CancellationToken.None);
            throw;
        }
    }

    static string Clients(string schema, string version) => schema.EndsWith(version, StringComparison.Ordinal)
        ? $"Its version is schema {schema}, which an application that is built with the file uses; the tables stay as they are."
        : $"Applications go on with schema {schema} until the next migration: one that is built with the file as the last does not find its version here.";

    static string Head(Baseline baseline) =>
        baseline.Missing.Count == 0 ? "" : $"-- Not in this file:\n{string.Concat(baseline.Missing.Select(line => $"--   {line.ReplaceLineEndings(" ")}\n"))}\n";

    /// <summary>Null where there is no pg_dump to ask; one that is named must do.</summary>
    async Task<string?> DumpAsync(Invocation run, CancellationToken ct)
    {
        var (named, options) = (run.Value(_dump), run.Options());
        if (named == NoDump)
            return null;
        var server = await new MigrationRunner(options).ServerMajorAsync(ct);
        var dump = await PgDump.FindAsync(named ?? AnyDump, ct);
        if (dump?.Major >= server)
            return await dump.DumpAsync(options, ct);
        if (named is not null)
            throw new PgRollException(ExitReason.Usage, dump is null
                ? $"--pg-dump: '{named}' cannot be run."
                : $"--pg-dump: '{named}' is of PostgreSQL {dump.Major}, and the server is {server}: it must be as new as the server.");
        return null;
    }
}
