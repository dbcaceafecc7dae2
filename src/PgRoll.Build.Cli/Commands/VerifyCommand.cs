using System.CommandLine;
using PgRoll.Build.Cli.Output.Verifications;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Cli.Verifying;
using PgRoll.Build.Engine;
using PgRoll.Build.Migrations;

namespace PgRoll.Build.Cli.Commands;

/// <summary><c>verify</c>: takes migrations all the way on a throw-away server, while both versions write, and tells what is not as the files say.</summary>
sealed class VerifyCommand : Verb
{
    readonly PathArgument _path = new("A folder of migrations, or one of its files: then that one alone is proved, on those before it.");

    readonly Option<string[]> _versions = new("--server-version")
    {
        Description = "The major versions to prove on, as in 15,17, or given several times. Default: the newest that is found.",
        HelpName = "MAJOR",
    };

    readonly Option<string?> _since = new("--since")
    {
        Description = $"The first migration that is proved; those before it are only replayed. Default: those that {MigrationLock.FileName} does not note, or all.",
        HelpName = "NAME",
    };

    readonly Option<string?> _data = new("--data") { Description = "A file of SQL that fills the tables before each rollout, in place of generated rows.", HelpName = "FILE" };

    readonly Option<string?> _setup = new("--setup") { Description = "A file of SQL that a new database begins with, before the first migration: roles, extensions.", HelpName = "FILE" };

    readonly Setting<int?> _rows = new("--rows", "COUNT", [], static text => Texts.Count(text), null, "How many rows are generated for each table. Default: 40.");

    readonly Setting<IReadOnlyList<int>> _growth = new("--growth", "COUNTS", [], Texts.Counts, [],
        "Numbers of rows at which start and complete are timed as well, as in 10000,100000. Default: none.");

    readonly FormatOption _format = new("text, json and markdown are a report of each rollout; the others are of the findings alone, as `lint` has them");

    readonly FailOnOption _failOn = new();

    public VerifyCommand(GlobalSettings global) : base("verify", global,
        "Prove migrations on a throw-away PostgreSQL: each of them starts, is written to through both versions, is rolled back, started again and completed, "
        + "and whatever is not as the files say is told. Then all of them, as one rollout. "
        + "The server is found on the machine or fetched. No database that a variable or the user secrets name is touched; "
        + "--postgres-url on the command line names a server where databases may be created.")
    {
        Add(_path);
        Add(_versions);
        Add(_since);
        Add(_data);
        Add(_setup);
        Add(_rows.Option);
        Add(_growth.Option);
        _format.AddTo(this);
        Add(_failOn);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "dotnet pgroll verify                                           # what is not in migrations.lock, or all",
        "dotnet pgroll verify migrations/0042_orders.yaml               # this file, on those before it",
        "dotnet pgroll verify --server-version 14,18                    # on the oldest and the newest server",
        "dotnet pgroll verify --data tests/rows.sql --fail-on warning   # with rows like those in production",
        "dotnet pgroll verify --growth 10000,100000                     # how long start and complete take with more rows",
        "dotnet pgroll verify --format markdown --output verify.md      # for a pull request",
    ];

    protected override async Task<ExitReason> RunAsync(Invocation run, CancellationToken ct)
    {
        var path = run.Value(_path)!;
        var majors = Majors(run);
        var files = run.History(path);
        try
        {
            var proof = new Proof(files, VerifyScope.Of(files, path, run.Value(_since)))
            {
                Majors = majors,
                SetupFile = run.Value(_setup),
                DataFile = run.Value(_data),
                Rows = run.Value(_rows),
                Growth = run.Value(_growth),
            };
            if (proof.Migrations.Count > 0)
                return await WriteAsync(run, await proof.MakeAsync(run, ct), ct);
            await run.Error.WriteLineAsync(VerifyScope.Nothing(files));
            return await WriteAsync(run, new([], new([], [], [])), ct);
        }
        catch (PgRollException refused) when (refused.Diagnostics.Count > 0 && _format.Of(run).Name is not "text")
        {
            // Whoever shows findings in their files shows these too.
            await WriteAsync(run, new([], new(files, refused.Diagnostics, [])), ct);
            return refused.Reason;
        }
    }

    async Task<ExitReason> WriteAsync(Invocation run, VerifyResult result, CancellationToken ct)
    {
        await _format.WriteAsync(run, VerifyFormat.Write(_format.Of(run).Name, result), result.Findings.Summary(), ct);
        return _failOn.Judge(run, result.Findings);
    }

    IReadOnlyList<int> Majors(Invocation run)
    {
        if (run.Value(_versions) is not { Length: > 0 } words)
            return [];
        if (run.NamesDatabase)
            throw new PgRollException(ExitReason.Usage, "--server-version chooses a server to start, --postgres-url one that runs: give one of them.");
        try
        {
            return Texts.Majors(string.Join(',', words));
        }
        catch (FormatException error)
        {
            throw new PgRollException(ExitReason.Usage, $"--server-version: {error.Message}", error);
        }
    }
}
