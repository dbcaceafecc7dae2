using System.CommandLine;
using Npgsql;
using PgRoll.Build.Cli.Connections;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Settings;

/// <summary>What every command can be told: pgroll's flags and variables, with its defaults.</summary>
sealed class GlobalSettings
{
    public Setting<NpgsqlConnectionStringBuilder?> Url { get; } = new("--postgres-url", "URL",
        ["PGROLL_PG_URL", "PGROLL_DATABASE_URL"], ConnectionText.Read, null,
        "The database: a postgres:// URL, key=value pairs or an Npgsql connection string. "
        + "PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE and PGSSLMODE fill what it leaves out. "
        + $"Others can read a command's arguments: give a password in the variable. Default: {ConnectionStrings.Default}.");

    public Setting<string?> Secrets { get; } = new("--user-secrets", "ID", [], Texts.OptionalName, null,
        $"A project's user secrets (its UserSecretsId): where nothing else names the database, their {UserSecrets.Key} does.");

    public Setting<string> Schema { get; } = new("--schema", "NAME", ["PGROLL_SCHEMA"], Texts.Name, "public",
        "The schema the tables live in. Default: public.");

    public Setting<string> StateSchema { get; } = new("--pgroll-schema", "NAME", ["PGROLL_STATE_SCHEMA"], Texts.Name, "pgroll",
        "The schema of the tool's own tables. Default: pgroll.");

    public Setting<TimeSpan> LockTimeout { get; } = new("--lock-timeout", "TIME", ["PGROLL_LOCK_TIMEOUT"],
        Duration.ReadLimit, TimeSpan.FromMilliseconds(500),
        "How long one attempt may wait for a lock, during which clients queue behind it: 500ms, 2s; "
        + "a bare number is milliseconds; 0 is no limit. Default: 500ms.");

    public Setting<string?> Role { get; } = new("--role", "NAME", ["PGROLL_ROLE"], Texts.OptionalName, null,
        "The role that does the work. Default: the one that connects.");

    public Setting<bool> UseVersionSchema { get; } = new("--use-version-schema", "true|false", ["PGROLL_USE_VERSION_SCHEMA"],
        Texts.Switch, true,
        "Publish versions as schemas of views. Default: true.");

    public Setting<bool?> ExposeXmin { get; } = new("--expose-xmin", "true|false", ["PGROLL_EXPOSE_XMIN"],
        static text => Texts.Switch(text), null,
        "Let the views of a version show xmin, the transaction that wrote a row last, which clients such as EF Core compare before they write. "
        + "Default: as the version before does.");

    public Setting<bool> Verbose { get; } = new("--verbose", "true|false", ["PGROLL_VERBOSE"], Texts.Switch, false,
        "Print the details of errors. Default: false.");

    public void AddTo(RootCommand root)
    {
        Option[] options =
            [Url.Option, Secrets.Option, Schema.Option, StateSchema.Option, LockTimeout.Option, Role.Option, UseVersionSchema.Option, ExposeXmin.Option, Verbose.Option];
        foreach (var option in options)
        {
            option.Recursive = true;
            root.Add(option);
        }
    }

    public void CheckSwitches(IReadOnlyList<string> arguments)
    {
        UseVersionSchema.Check(arguments);
        ExposeXmin.Check(arguments);
        Verbose.Check(arguments);
    }

    public RunnerOptions RunnerOptions(ParseResult parse, Surroundings surroundings) => RunnerOptions(parse, surroundings, ConnectionString(parse, surroundings));

    /// <summary>How to work on a database that no setting names.</summary>
    public RunnerOptions RunnerOptions(ParseResult parse, Surroundings surroundings, string connectionString) => new(connectionString)
    {
        Schema = Schema.Of(parse, surroundings),
        StateSchema = StateSchema.Of(parse, surroundings),
        LockTimeout = LockTimeout.Of(parse, surroundings),
        Role = Role.Of(parse, surroundings),
        UseVersionSchema = UseVersionSchema.Of(parse, surroundings),
        ExposeXmin = ExposeXmin.Of(parse, surroundings),
    };

    /// <summary>
    /// Which server is used and why, where nobody asked for it: a command that changes the wrong one is not noticed otherwise.
    /// Null where it was asked for, unless details are wanted.
    /// </summary>
    public string? AddressNotice(ParseResult parse, Surroundings surroundings)
    {
        var source = Url.SourceOf(parse, surroundings)
            ?? (Secret(parse, surroundings) is null ? null : Secrets.Option.Name)
            ?? ConnectionStrings.FirstVariable(surroundings.Variable);
        if (source is not null && !Verbose.Of(parse, surroundings))
            return null;
        var address = new NpgsqlConnectionStringBuilder(ConnectionString(parse, surroundings));
        var server = $"server {address.Host}:{address.Port}, database '{address.Database}', user '{address.Username}'";
        return source is null
            ? $"No database is named (--postgres-url, {string.Join(", ", Url.Variables)} or PGHOST), so the default is used: {server}."
            : $"Using {server}, as {source} says.";
    }

    /// <summary>The database's address as the user gave it; null where nobody did, or libpq's variables do.</summary>
    public string? AddressText(ParseResult parse, Surroundings surroundings) => Url.TextOf(parse, surroundings) ?? Secret(parse, surroundings);

    string ConnectionString(ParseResult parse, Surroundings surroundings)
    {
        try
        {
            return ConnectionStrings.Complete(Url.Of(parse, surroundings) ?? OfSecrets(parse, surroundings), surroundings.Variable);
        }
        catch (FormatException error)
        {
            throw new PgRollException(ExitReason.Usage, error.Message, error);
        }
    }

    NpgsqlConnectionStringBuilder? OfSecrets(ParseResult parse, Surroundings surroundings)
    {
        if (Secret(parse, surroundings) is not { } address)
            return null;
        try
        {
            return ConnectionText.Read(address);
        }
        catch (FormatException error)
        {
            throw new FormatException($"{UserSecrets.Key} of the user secrets: {error.Message}", error);
        }
    }

    string? Secret(ParseResult parse, Surroundings surroundings)
    {
        if (Secrets.Of(parse, surroundings) is not { } id)
            return null;
        try
        {
            return UserSecrets.Address(id, surroundings.Variable);
        }
        catch (FormatException error)
        {
            throw new PgRollException(ExitReason.Usage, $"{Secrets.Option.Name}: {error.Message}", error);
        }
    }
}
