namespace PgRoll.Build.Cli.Tests;

/// <summary>The command line in this process, with an environment of the test's own.</summary>
sealed class Tool
{
    public Dictionary<string, string> Variables { get; } = [];

    public async Task<Outcome> RunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CommandLine.RunAsync(arguments, new(output, error, Variables.GetValueOrDefault, canDraw: false), CancellationToken.None);
        return new(code, output.ToString(), error.ToString());
    }
}

/// <summary>How a run ended.</summary>
sealed record Outcome(int Code, string Out, string Error)
{
    public Outcome HasCode(int code)
    {
        Assert.AreEqual(code, Code, $"stdout:\n{Out}\nstderr:\n{Error}");
        return this;
    }
}
