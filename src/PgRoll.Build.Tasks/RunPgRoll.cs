using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using PgRoll.Build.Tasks.Runner;
using PgRoll.Build.Tasks.Sets;

namespace PgRoll.Build.Tasks;

/// <summary>
/// Runs a command of the packaged runner for each set of migrations. The database's address goes past the build: the runner takes it from
/// the environment or from the user's secrets, so that no log and no list of processes shows it.
/// </summary>
public sealed class RunPgRoll : ToolTask
{
    RunnerOutput _output = new();
    ProjectSet? _set;

    /// <summary>The command.</summary>
    [Required]
    public string Verb { get; set; } = "";

    /// <summary>Whether the command is about the files, and not about the database alone.</summary>
    public bool TakesFolder { get; set; }

    /// <summary>The runner: its path, and UserSecretsId, DotNet, Set and HasTerminalLogger (1 where that is what prints the build) in metadata.</summary>
    [Required]
    public ITaskItem? With { get; set; }

    /// <summary>The migration files, each with BaseSchema, ClassName, Namespace and Accessibility of its set.</summary>
    public ITaskItem[] Migrations { get; set; } = [];

    /// <inheritdoc/>
    protected override string ToolName => "dotnet";

    /// <inheritdoc/>
    protected override MessageImportance StandardOutputLoggingImportance => MessageImportance.High;

    /// <summary>Only to tell the two streams apart: both are printed alike.</summary>
    protected override MessageImportance StandardErrorLoggingImportance => MessageImportance.Normal;

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            foreach (var set in SetChoice.Of(Migrations, With!.GetMetadata("Set"), TakesFolder))
            {
                (_set, _output) = (set, new());
                if (!base.Execute())
                    return false;
            }
            return true;
        }
        catch (SetException error)
        {
            Log.Write(error.Error, error.Message);
            return false;
        }
    }

    /// <inheritdoc/>
    protected override string GenerateFullPathToTool() => With!.GetMetadata("DotNet") is { Length: > 0 } path ? path : ToolName;

    /// <inheritdoc/>
    protected override string GenerateCommandLineCommands()
    {
        var line = new CommandLineBuilder();
        line.AppendFileNameIfNotNull(With!.ItemSpec);
        line.AppendSwitch(Verb);
        if (TakesFolder)
            line.AppendFileNameIfNotNull(_set!.Folder);
        line.AppendSwitchIfNotNull("--schema ", _set!.BaseSchema);
        if (With.GetMetadata("UserSecretsId") is { Length: > 0 } id)
            line.AppendSwitchIfNotNull("--user-secrets ", id);
        return line.ToString();
    }

    /// <inheritdoc/>
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        switch (_output.Read(singleLine, isError: messageImportance == StandardErrorLoggingImportance))
        {
            case RunnerOutput.Finding finding:
                Log.Write(finding.Rule, finding.Severity, finding.Message, finding.File, finding.Line, finding.Column);
                break;
            case RunnerOutput.Text:
                Log.LogMessage(MessageImportance.High, "{0}", With!.GetMetadata("HasTerminalLogger") == "1" ? TerminalLogger.Shown(singleLine) : singleLine);
                break;
        }
    }

    /// <inheritdoc/>
    protected override bool HandleTaskExecutionErrors()
    {
        var error = BuildErrors.Of(ExitCode);
        Log.Write(error, _output.Error is { Length: > 0 } said ? said : $"`dotnet pgroll {Verb}` ended with {ExitCode}. {error.Meaning}");
        return false;
    }
}
