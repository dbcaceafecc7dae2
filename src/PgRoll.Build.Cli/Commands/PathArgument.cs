using System.CommandLine;
using System.CommandLine.Parsing;

namespace PgRoll.Build.Cli.Commands;

/// <summary>The migrations a command is about.</summary>
sealed class PathArgument : Argument<string>
{
    public PathArgument(string description) : base("FILE|DIR")
    {
        Description = description;
        DefaultValueFactory = static _ => MigrationPath.Default;
        Validators.Add(RefuseFlags);
    }

    /// <summary>The parser takes a flag it does not know for the path.</summary>
    public static void RefuseFlags(ArgumentResult result)
    {
        if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } token)
            result.AddError($"Unrecognized flag '{token.Value}'. A file of this name is given as './{token.Value}'.");
    }
}
