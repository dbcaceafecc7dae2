using System.CommandLine;

namespace PgRoll.Build.Cli.Commands;

/// <summary>The folder of migrations a command is about.</summary>
sealed class FolderArgument : Argument<string>
{
    public FolderArgument(string description) : base("DIR")
    {
        Description = description;
        DefaultValueFactory = static _ => MigrationPath.Default;
        Validators.Add(PathArgument.RefuseFlags);
    }
}
