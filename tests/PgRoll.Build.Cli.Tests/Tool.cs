using System.Text.Json;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Cli.Tests;

/// <summary>The command line in this process, with an environment of the test's own.</summary>
sealed class Tool
{
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>Who sits at the terminal; nobody unless said.</summary>
    public ScriptedTerminal? Terminal { get; init; }

    /// <summary>What is piped in; null for nothing.</summary>
    public string? Input { get; init; }

    /// <summary>Is told each line for people, as it is written.</summary>
    public Action<string>? OnError { get; init; }

    public CancellationToken Cancellation { get; init; }

    public static Tool On(TestDatabase database) => new() { Variables = { ["PGROLL_PG_URL"] = database.ConnectionString } };

    public async Task<Outcome> RunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new Watched(OnError));
        var surroundings = new Surroundings(output, error, Variables.GetValueOrDefault, canDraw: false) { Terminal = Terminal, Input = Input is null ? null : new StringReader(Input) };
        return new(await CommandLine.RunAsync(arguments, surroundings, Cancellation), output.ToString(), error.ToString());
    }

    sealed class Watched(Action<string>? told) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            told?.Invoke(value ?? "");
        }
    }

    /// <summary>Runs a command that must succeed; what it printed as its result.</summary>
    public async Task<string> DoAsync(params string[] arguments) => (await RunAsync(arguments)).HasCode(0).Out.TrimEnd();
}

/// <summary>How a run ended.</summary>
sealed record Outcome(int Code, string Out, string Error)
{
    /// <summary>The one JSON value on standard output.</summary>
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    public Outcome HasCode(int code)
    {
        Assert.AreEqual(code, Code, $"stdout:\n{Out}\nstderr:\n{Error}");
        return this;
    }
}
