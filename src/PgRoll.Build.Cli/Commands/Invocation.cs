using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using PgRoll.Build.Cli.Connections;
using PgRoll.Build.Cli.Output;
using PgRoll.Build.Cli.Output.Verifications;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Engine;
using PgRoll.Build.Engine.Verification;
using PgRoll.Build.Migrations;
using Spectre.Console;

namespace PgRoll.Build.Cli.Commands;

/// <summary>One run of a command: what the user gave, and where its output goes.</summary>
sealed class Invocation(ParseResult parse, Surroundings surroundings, GlobalSettings global)
{
    bool _isNoticed;

    /// <summary>For results.</summary>
    public TextWriter Out => surroundings.Output;

    /// <summary>For everything else.</summary>
    public TextWriter Error => surroundings.Error;

    /// <summary>What is piped in; null where nothing is.</summary>
    public TextReader? In => surroundings.Input;

    /// <summary>Whether a program reads the result.</summary>
    public bool IsJson => JsonOption.IsGiven(parse);

    /// <summary>Somebody who can be asked, or null.</summary>
    public IAnsiConsole? Terminal => surroundings.Terminal;

    /// <summary>An environment variable; null where it is unset or empty.</summary>
    public string? Variable(string name) => surroundings.Variable(name);

    /// <summary>Who runs the command.</summary>
    public IReadOnlyDictionary<string, string> Owner => surroundings.Owner;

    /// <summary>The same run where other variables hold.</summary>
    public Invocation Within(Surroundings other) => new(parse, other, global);

    public string Schema => Value(global.Schema);

    public string StateSchema => Value(global.StateSchema);

    /// <summary>The database's address as the user gave it. Where libpq's variables give it, they fill an empty one.</summary>
    public string Address => global.AddressText(parse, surroundings)
        ?? (ConnectionStrings.FirstVariable(surroundings.Variable) is null ? ConnectionStrings.Default : "postgres://");

    public bool UseVersionSchema => Value(global.UseVersionSchema);

    public bool? ExposeXmin => Value(global.ExposeXmin);

    /// <summary>Whether the user names the database on the command line, and so means it; a variable alone may be there for other commands.</summary>
    public bool NamesDatabase => global.Url.IsFlagGiven(parse);

    /// <summary>The migrations of a folder; one without any is remarked on.</summary>
    public IReadOnlyList<MigrationFile> MigrationsIn(string folder) => Remarked(folder, MigrationPath.ReadFolder(folder));

    /// <summary>A migration and those of its folder before it, or all of a folder.</summary>
    public IReadOnlyList<MigrationFile> History(string path) => Remarked(path, MigrationPath.ReadHistory(path));

    IReadOnlyList<MigrationFile> Remarked(string path, IReadOnlyList<MigrationFile> files)
    {
        if (files.Count == 0)
            Error.WriteLine($"Warning: there is no migration file (*.yaml, *.yml, *.json) in '{path}'.");
        return files;
    }

    public T Value<T>(Setting<T> setting) => setting.Of(parse, surroundings);

    public bool IsGiven(Option option) => parse.GetResult(option) is { Implicit: false };

    public T? Value<T>(Option<T> option) => parse.GetValue(option);

    public T? Value<T>(Argument<T> argument) => parse.GetValue(argument);

    /// <summary>Tells how it went: a program its object, people their words.</summary>
    public async Task ReportAsync<T>(T report, JsonTypeInfo<T> type, string text)
    {
        if (IsJson)
            await JsonOutput.WriteAsync(Out, report, type);
        if (text.Length > 0)
            await (IsJson ? Error : Out).WriteLineAsync(text);
    }

    /// <summary>How to reach the database; the first time it is asked for, the user is told if nobody named one.</summary>
    public RunnerOptions Options()
    {
        var options = global.RunnerOptions(parse, surroundings) with { Owner = surroundings.Owner };
        if (!_isNoticed && global.AddressNotice(parse, surroundings) is { } notice)
            Error.WriteLine(notice);
        _isNoticed = true;
        return options;
    }

    /// <summary>How to work on a database of our own. A variable's role is of another server; one that is named here must be made there.</summary>
    public RunnerOptions OptionsFor(string connectionString) =>
        global.RunnerOptions(parse, surroundings, connectionString) with { Owner = surroundings.Owner, Role = global.Role.IsFlagGiven(parse) ? Value(global.Role) : null };

    /// <summary>Shows how a proof goes on while it is made.</summary>
    public Task<T> ShowingAsync<T>(IReadOnlySet<string> migrations, Func<IProgress<VerifierProgress>, Task<T>> work) => VerifyDisplay.For(surroundings).RunAsync(migrations, work);

    /// <summary>Does something with the database, and shows how it goes on.</summary>
    public Task<T> WithRunnerAsync<T>(Func<MigrationRunner, Task<T>> work, Func<RunnerOptions, RunnerOptions>? configure = null)
    {
        var options = Options();
        options = configure?.Invoke(options) ?? options;
        return ProgressDisplay.For(surroundings).RunAsync(progress => work(new(options with { Progress = progress })));
    }
}
