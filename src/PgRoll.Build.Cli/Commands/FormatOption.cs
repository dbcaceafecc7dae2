using System.CommandLine;
using PgRoll.Build.Cli.Output.Findings;

namespace PgRoll.Build.Cli.Commands;

/// <summary>For whom a command writes its result, and where to.</summary>
sealed class FormatOption
{
    readonly Option<string> _format;

    readonly Option<string?> _output = new("--output") { Description = "The file to write it to; the output then only sums up.", HelpName = "FILE" };

    public FormatOption(string what)
    {
        _format = new("--format")
        {
            Description = $"{what}: {string.Join(", ", FindingsFormat.All.Select(format => format.Name))}.",
            DefaultValueFactory = static _ => FindingsFormat.All[0].Name,
            HelpName = "FORMAT",
        };
        _format.AcceptOnlyFromAmong([.. FindingsFormat.All.Select(format => format.Name)]);
    }

    public void AddTo(Command command)
    {
        command.Add(_format);
        command.Add(_output);
    }

    public FindingsFormat Of(Invocation run) => FindingsFormat.All.Single(format => format.Name == run.Value(_format));

    /// <summary>Writes the result to the file, and the summary to the output; or the result to the output.</summary>
    public async Task WriteAsync(Invocation run, string result, string summary, CancellationToken ct)
    {
        if (run.Value(_output) is { } file)
            await MigrationPath.WriteAsync(file, result + "\n", ct);
        await run.Out.WriteLineAsync(run.Value(_output) is null ? result : summary);
    }
}
