using System.CommandLine;
using PgRoll.Build.Cli.Output;
using Spectre.Console;

namespace PgRoll.Build.Cli;

/// <summary>What a command sees of the process it runs in; tests give it another.</summary>
sealed class Surroundings : InvocationConfiguration
{
    public Surroundings(TextWriter output, TextWriter error, Func<string, string?> variable, bool canDraw)
    {
        Output = output;
        Error = error;
        Variable = name => variable(name) is { Length: > 0 } value ? value : null;
        CanDraw = canDraw;
        // Signals and exceptions have their exit codes in our own table.
        EnableDefaultExceptionHandler = false;
        ProcessTerminationTimeout = null;
    }

    /// <summary>An environment variable; null where it is unset or empty.</summary>
    public Func<string, string?> Variable { get; }

    /// <summary>Whether standard error is a terminal on which things may be drawn over.</summary>
    public bool CanDraw { get; }

    /// <summary>Somebody who can be asked; null where nobody sits at a terminal.</summary>
    public IAnsiConsole? Terminal { get; init; }

    /// <summary>What is piped into the process; null where a person sits before it.</summary>
    public TextReader? Input { get; init; }

    /// <summary>Who runs the command, for those who later find what it left.</summary>
    public IReadOnlyDictionary<string, string> Owner { get; init; } = new Dictionary<string, string>
    {
        ["user"] = Environment.UserName,
        ["host"] = Environment.MachineName,
        ["tool"] = $"dotnet-pgroll {typeof(Surroundings).Assembly.GetName().Version?.ToString(3)}",
    };

    public static Surroundings OfProcess() => new(
        GuardedWriter.Strict(static () => Console.Out), GuardedWriter.Lenient(static () => Console.Error), Environment.GetEnvironmentVariable,
        canDraw: !Console.IsErrorRedirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"))
    {
        // On standard error: standard output is for results.
        Terminal = Console.IsInputRedirected || Console.IsErrorRedirected
            ? null
            : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error), Interactive = InteractionSupport.Yes }),
        Input = Console.IsInputRedirected ? new StreamReader(Console.OpenStandardInput()) : null,
    };
}
