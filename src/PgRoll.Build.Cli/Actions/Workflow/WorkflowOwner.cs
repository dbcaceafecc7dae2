namespace PgRoll.Build.Cli.Actions.Workflow;

/// <summary>Which run of which repository starts a rollout. Runs of one repository may end each other's rollouts: a manual run must be able to.</summary>
static class WorkflowOwner
{
    /// <summary>What must agree between whoever started a rollout and whoever goes on with it.</summary>
    public const string Key = "repository";

    static readonly (string Key, string Variable)[] Facts =
    [
        (Key, "GITHUB_REPOSITORY"),
        ("run", "GITHUB_RUN_ID"),
        ("attempt", "GITHUB_RUN_ATTEMPT"),
        ("sha", "GITHUB_SHA"),
        ("actor", "GITHUB_ACTOR"),
    ];

    public static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, string> process, Func<string, string?> variable) =>
        process.Concat(Facts.Select(fact => KeyValuePair.Create(fact.Key, variable(fact.Variable) ?? "")).Where(fact => fact.Value.Length > 0)).ToDictionary();
}
