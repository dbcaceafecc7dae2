using System.CommandLine;
using PgRoll.Build.Cli.Output;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Commands;

/// <summary>One run of a command: what the user gave, and where its output goes.</summary>
sealed class Invocation(ParseResult parse, Surroundings surroundings, GlobalSettings global)
{
    /// <summary>For results.</summary>
    public TextWriter Out => surroundings.Output;

    /// <summary>For everything else.</summary>
    public TextWriter Error => surroundings.Error;

    public string Schema => Value(global.Schema);

    public bool UseVersionSchema => Value(global.UseVersionSchema);

    /// <summary>Whether the user names the database on the command line, and so means it; a variable alone may be there for other commands.</summary>
    public bool NamesDatabase => global.Url.IsFlagGiven(parse);

    public T Value<T>(Setting<T> setting) => setting.Of(parse, surroundings);

    public T? Value<T>(Option<T> option) => parse.GetValue(option);

    public T? Value<T>(Argument<T> argument) => parse.GetValue(argument);

    /// <summary>Does something with the database, and shows how it goes on.</summary>
    public Task<T> WithRunnerAsync<T>(Func<MigrationRunner, Task<T>> work, Func<RunnerOptions, RunnerOptions>? configure = null)
    {
        var options = global.RunnerOptions(parse, surroundings);
        options = configure?.Invoke(options) ?? options;
        return ProgressDisplay.For(surroundings).RunAsync(progress => work(new(options with { Progress = progress })));
    }
}
