using System.CommandLine;

namespace PgRoll.Build.Cli.Files;

/// <summary>The notation of the files that a command writes. pgroll gives it the name that asks for JSON as output elsewhere.</summary>
sealed class NotationOption : Option<bool>
{
    public NotationOption() : base("--json", "-j") => Description = "Write JSON files instead of YAML.";
}
