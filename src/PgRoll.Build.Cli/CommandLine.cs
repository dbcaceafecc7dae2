using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using PgRoll.Build.Cli.Commands;
using PgRoll.Build.Cli.Output;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli;

/// <summary>Runs a command line, and turns however it ends into an exit code.</summary>
static class CommandLine
{
    // An argument that begins with @ is an argument.
    static readonly ParserConfiguration Rules = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Surroundings surroundings, CancellationToken ct)
    {
        var global = new GlobalSettings();
        var isVerbose = false;
        ParseResult? parse = null;
        try
        {
            global.CheckSwitches(arguments);
            parse = Program.Tree(global).Parse(arguments, Rules);
            if (parse.Action is ParseErrorAction)
                throw new PgRollException(ExitReason.Usage, Misunderstood(parse));
            isVerbose = global.Verbose.Of(parse, surroundings);
            return await parse.InvokeAsync(surroundings, ct);
        }
#pragma warning disable CA1031 // The end of the process: what is not ours is a defect, and says so.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (parse is not null && JsonOption.IsGiven(parse))
                await JsonOutput.WriteAsync(surroundings.Output, ErrorReport.Of(error), JsonOutput.Reports.ErrorReport);
            return (int)ErrorOutput.Write(surroundings.Error, error, isVerbose);
        }
    }

    static string Misunderstood(ParseResult parse)
    {
        var command = "";
        for (var at = parse.CommandResult; at.Parent is CommandResult parent; at = parent)
            command = $" {at.Command.Name}{command}";
        return $"""
            {string.Join(Environment.NewLine, parse.Errors.Select(error => error.Message).Distinct())}
            `dotnet pgroll{command} --help` tells what is understood.
            """;
    }
}
