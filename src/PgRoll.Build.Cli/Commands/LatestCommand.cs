using System.CommandLine;
using PgRoll.Build.Cli.Connections;
using PgRoll.Build.Cli.Output;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine;
using PgRoll.Build.Model;

namespace PgRoll.Build.Cli.Commands;

/// <summary><c>latest</c>: the newest version, as the database or a folder has it.</summary>
sealed class LatestCommand : Verb
{
    readonly Option<string?> _local = new("--local", "-l")
    {
        Description = "Ask this folder of migrations instead of the database.",
        HelpName = "DIR",
        Recursive = true,
    };

    readonly Option<bool> _withSchema = new("--with-schema") { Description = "The same as `latest schema`." };

    public LatestCommand(GlobalSettings global) : base("latest", global,
        "Print the newest version's name. `latest schema` prints the schema that its clients put on their search path.")
    {
        Add(_local);
        Add(new JsonOption { Recursive = true });
        Add(_withSchema);
        Add(new Part("schema", global, "Print the newest version schema.", (run, ct) => PrintAsync(run, latest => latest.Schema, ct)));
        Add(new Part("migration", global, "Print the newest migration, the active one included.",
            (run, ct) => PrintAsync(run, latest => latest.Migration, ct)));
        Add(new Url(global, this));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "dotnet pgroll latest schema                     # what the database has, the active migration included",
        "dotnet pgroll latest schema --local migrations  # what the files will make, without a database",
    ];

    protected override Task<ExitReason> RunAsync(Invocation run, CancellationToken ct) =>
        PrintAsync(run, run.Value(_withSchema) ? latest => latest.Schema : latest => latest.Version, ct);

    async Task<ExitReason> PrintAsync(Invocation run, Func<LatestReport, string?> part, CancellationToken ct)
    {
        var latest = await ReadAsync(run, ct);
        return await PrintAsync(run, latest, Required(part(latest), latest, run.Schema));
    }

    static async Task<ExitReason> PrintAsync(Invocation run, LatestReport latest, string text)
    {
        if (run.IsJson)
            await JsonOutput.WriteAsync(run.Out, latest, JsonOutput.Reports.LatestReport);
        else
            await run.Out.WriteLineAsync(text);
        return ExitReason.Done;
    }

    async Task<LatestReport> ReadAsync(Invocation run, CancellationToken ct) =>
        run.Value(_local) is { } folder ? Local(folder, run.Schema) : await RemoteAsync(run, ct);

    static string Required(string? text, LatestReport latest, string schema) => text ?? throw new PgRollException(ExitReason.NotNow, latest.Migration is null
        ? $"No migration was applied to schema '{schema}' yet."
        : $"Schema '{schema}' has no version schema.");

    static async Task<LatestReport> RemoteAsync(Invocation run, CancellationToken ct)
    {
        var status = await run.WithRunnerAsync(runner => runner.StatusAsync(ct));
        return new(status.Migration, status.Version.Length == 0 ? null : status.Version, status.VersionSchema);
    }

    static LatestReport Local(string folder, string schema)
    {
        // The file alone: what it builds on is not asked for.
        var set = MigrationSet.Check([MigrationPath.ReadLast(folder)], Schema.Empty(schema) with { IsPartlyUnknown = true });
        if (set.HasErrors)
            throw new PgRollException([.. set.Diagnostics.Where(finding => finding.Severity == Severity.Error)]);
        var migration = set.History[0].Migration;
        return new(migration.Name, migration.Version, migration.VersionSchema(schema));
    }

    /// <summary>One of its parts.</summary>
    sealed class Part(string name, GlobalSettings global, string description, Func<Invocation, CancellationToken, Task<ExitReason>> print)
        : Verb(name, global, description)
    {
        public override IReadOnlyList<string> Examples => [$"dotnet pgroll latest {Name}", $"dotnet pgroll latest {Name} --local migrations"];

        protected override Task<ExitReason> RunAsync(Invocation run, CancellationToken ct) => print(run, ct);
    }

    /// <summary>The address of the newest version.</summary>
    sealed class Url : Verb
    {
        readonly LatestCommand _latest;

        readonly Argument<string?> _address = new("CONNSTR")
        {
            Description = "The address: a URL, key=value pairs or an Npgsql connection string. Default: the one that is configured.",
            DefaultValueFactory = static _ => null,
        };

        public Url(GlobalSettings global, LatestCommand latest) : base("url", global,
            "Print an address whose clients use the newest version: the given one with its search path set. "
            + "Everything else of it is printed as it was given, a password too.")
        {
            _latest = latest;
            Add(_address);
        }

        public override IReadOnlyList<string> Examples =>
        [
            "dotnet pgroll latest url                                              # the configured database's",
            "dotnet pgroll latest url postgres://app@db/shop --local migrations    # without a database",
            "dotnet pgroll latest url 'Host=db;Database=shop' --local migrations   # for an application's settings",
        ];

        protected override async Task<ExitReason> RunAsync(Invocation run, CancellationToken ct)
        {
            var latest = await _latest.ReadAsync(run, ct);
            var url = With(run.Value(_address) ?? run.Address, Required(latest.Schema, latest, run.Schema));
            return await PrintAsync(run, latest with { Url = url }, url);
        }

        static string With(string address, string schema)
        {
            try
            {
                return SearchPath.Into(address, schema);
            }
            catch (FormatException error)
            {
                throw new PgRollException(ExitReason.Usage, $"CONNSTR: {error.Message}", error);
            }
        }
    }
}
