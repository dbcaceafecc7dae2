using PgRoll.Build.Cli.Actions.Commands;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Actions;

/// <summary>What the action's input <c>command</c> may be.</summary>
static class ActionCatalog
{
    public static IReadOnlyList<ActionVerb> All { get; } =
    [
        new LintAction(),
        new PlanAction(),
        new VerifyAction(),
        new StartAction(),
        new CompleteAction(),
        new RollbackAction(),
        new FinishAction(),
        new StatusAction(),
        new MigrateAction(),
    ];

    public static ActionVerb Find(string? name) => All.FirstOrDefault(verb => verb.Name == name) ?? throw new PgRollException(ExitReason.Usage,
        $"Input 'command': {(name is null ? "it is missing" : $"'{name}' is none")}. It is one of {string.Join(", ", All.Select(verb => verb.Name))}.");
}

/// <summary>A command of the action.</summary>
abstract class ActionVerb
{
    /// <summary>What the input calls it.</summary>
    public abstract string Name { get; }

    public abstract Task<ExitReason> RunAsync(ActionRun run, CancellationToken ct);
}
