using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using PgRoll.Build.Cli.Commands;

namespace PgRoll.Build.Cli.Output;

/// <summary>The usual help, and behind it a command's examples or the table of exit codes.</summary>
sealed class Help : SynchronousCommandLineAction
{
    static readonly HelpAction Usual = new();

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Usual.Invoke(parseResult);
        var (title, lines) = parseResult.CommandResult.Command is Verb verb
            ? ("Examples", verb.Examples)
            : ("Exit codes", ExitCodes.Table.Select(row => $"{(int)row.Code}  {row.Meaning}"));
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine($"{title}:");
        foreach (var line in lines)
            output.WriteLine($"  {line}");
        output.WriteLine();
        return 0;
    }
}
