using System.CommandLine;

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

    public static Surroundings OfProcess() => new(
        Console.Out, Console.Error, Environment.GetEnvironmentVariable,
        canDraw: !Console.IsErrorRedirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"));
}
