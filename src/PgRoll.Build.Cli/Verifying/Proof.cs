using PgRoll.Build.Cli.Commands;
using PgRoll.Build.Cli.Output.Verifications;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine;
using PgRoll.Build.Engine.Verification;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;

namespace PgRoll.Build.Cli.Verifying;

/// <summary>What is to be proved, and on which servers.</summary>
/// <param name="Files">All migrations.</param>
/// <param name="Migrations">Those to prove, by name.</param>
sealed record Proof(IReadOnlyList<MigrationFile> Files, IReadOnlySet<string> Migrations)
{
    /// <summary>How many histories a kept server holds for the next run, some 10 MB each.</summary>
    const int KeptPrefixes = 12;

    const int MostWorkers = 4;

    /// <summary>The majors of servers that are started for it; empty for the newest that is found.</summary>
    public IReadOnlyList<int> Majors { get; init; } = [];

    public string? SetupFile { get; init; }

    public string? DataFile { get; init; }

    public int? Rows { get; init; }

    public IReadOnlyList<int> Growth { get; init; } = [];

    /// <summary>Whatever names a database but the command line means the one that an application uses, which is none of our business here.</summary>
    public async Task<VerifyResult> MakeAsync(Invocation run, CancellationToken ct)
    {
        // No server is needed to find what is wrong with the files.
        if (MigrationSet.Check(Files, Schema.Empty(run.Schema)) is { HasErrors: true } set)
            throw new PgRollException([.. set.Diagnostics.Where(finding => finding.Severity == Severity.Error)]);
        var options = Options(run);
        if (!run.NamesDatabase && options.Runner.Role is not null)
            throw new PgRollException(ExitReason.Usage, "--role is one of a server that runs, and verify starts a new one: give --postgres-url as well.");
        var servers = new List<Verification>();
        if (run.NamesDatabase)
            servers.Add(await OnAsync(run, options, run.Options().ConnectionString, ct));
        else
            foreach (var major in Majors.Count == 0 ? (IReadOnlyList<int?>)[null] : [.. Majors])
            {
                await using var server = await ThrowAwayServer.StartAsync(major, run.Error.WriteLine, ct);
                // What the rows of our own server hold, nobody is kept from seeing.
                servers.Add(await OnAsync(run, options with { KeptPrefixes = server.IsKept ? KeptPrefixes : 0, MayChangeServer = true }, $"{server.ConnectionString};Include Error Detail=true", ct));
            }
        return VerifyResult.Of(Files, Migrations, run.Schema, servers);
    }

    Task<Verification> OnAsync(Invocation run, VerifierOptions options, string address, CancellationToken ct) => run.ShowingAsync(Migrations, progress =>
        new Verifier(options with { Runner = run.OptionsFor(address), Progress = progress }).VerifyAsync(Files, ct));

    /// <summary>All but the server.</summary>
    VerifierOptions Options(Invocation run)
    {
        var usual = new VerifierOptions(run.OptionsFor(""));
        return usual with
        {
            Migrations = Migrations,
            Setup = SetupFile is null ? null : MigrationPath.ReadText(SetupFile),
            Data = DataFile is null ? null : MigrationPath.ReadText(DataFile),
            Rows = Rows ?? usual.Rows,
            Growth = Growth,
            Workers = Math.Min(Environment.ProcessorCount, MostWorkers),
        };
    }
}
