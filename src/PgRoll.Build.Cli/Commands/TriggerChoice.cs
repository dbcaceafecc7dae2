using System.CommandLine;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Commands;

/// <summary>What becomes of the tables' own triggers in a backfill.</summary>
sealed class TriggerChoice
{
    readonly Option<bool> _allow = new("--allow-user-triggers")
    {
        Description = "Let a backfill fire the tables' own BEFORE UPDATE triggers where the role may not keep them from it "
            + "(by setting session_replication_role). They may change rows that no client wrote to.",
    };

    public void AddTo(Command command) => command.Add(_allow);

    public RunnerOptions Apply(Invocation run, RunnerOptions options) => options with { AllowUserTriggers = run.Value(_allow) };
}
