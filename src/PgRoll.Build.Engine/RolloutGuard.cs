using PgRoll.Build.Engine.State;
using PgRoll.Build.Model;

namespace PgRoll.Build.Engine;

/// <summary>Keeps a runner away from a rollout that is not its own, or not the one that it was sent for. It is asked under the runner's lock.</summary>
sealed class RolloutGuard(StateStore state, RunnerOptions options)
{
    /// <summary>Refuses what is not expected, and what somebody else started.</summary>
    public async Task RequireAsync(string command, CancellationToken ct)
    {
        await RequireExpectedAsync(command, ct);
        await RequireOwnerAsync(command, ct);
    }

    public async Task RequireOwnerAsync(string command, CancellationToken ct)
    {
        if (options.OwnerKey is not { } key || options.Owner.GetValueOrDefault(key) is not { } own || await state.RolloutAsync(ct) is not { } rollout)
            return;
        if ((await state.OwnerAsync(ct)).GetValueOrDefault(key) is { } other && other != own)
            throw new PgRollException(ExitReason.NotNow,
                $"Migration '{rollout.Migration}' on schema '{options.Schema}' was started by {key} '{other}', not by '{own}': {command} is for them to run, or for whoever takes it over.");
    }

    async Task RequireExpectedAsync(string command, CancellationToken ct)
    {
        if (options.Expected is not { } expected)
            return;
        // What is ended but for its cleaning up is no longer active in the history.
        var (name, version) = (await state.HistoryAsync(ct)).FirstOrDefault(h => !h.IsDone) is { } active ? (active.Name, GeneratedNames.VersionSchema(options.Schema, active.Version))
            : await state.RolloutAsync(ct) is { } rollout ? (rollout.Migration, rollout.Plan.VersionSchema)
            : throw new PgRollException(ExitReason.NotNow,
                $"'{expected}' is not active on schema '{options.Schema}', and neither is anything else: it was completed or taken back meanwhile. Begin with `start` again.");
        if (expected != name && expected != version && GeneratedNames.VersionSchema(options.Schema, expected) != version)
            throw new PgRollException(ExitReason.NotNow,
                $"'{expected}' was expected to be active on schema '{options.Schema}', and it is '{name}': {command} was not meant for that. `status` tells who started it.");
    }
}
