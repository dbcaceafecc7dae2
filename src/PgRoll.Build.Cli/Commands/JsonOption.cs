using System.CommandLine;
using System.CommandLine.Parsing;

namespace PgRoll.Build.Cli.Commands;

/// <summary>Asks for one JSON object on standard output, an error's too; what is for people then goes to standard error.</summary>
sealed class JsonOption : Option<bool>
{
    public JsonOption() : base("--json", "-j") =>
        Description = "Print one JSON object for programs on standard output, and all other words on standard error.";

    public static bool IsGiven(ParseResult parse)
    {
        for (SymbolResult? at = parse.CommandResult; at is CommandResult result; at = at.Parent)
            if (result.Command.Options.OfType<JsonOption>().Any(parse.GetValue))
                return true;
        return false;
    }
}
