using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Engine.State;
using PgRoll.Build.Model;

namespace PgRoll.Build.Engine.Execution;

/// <summary>
/// What is left of a rollout of ours that pgroll ended: it knows neither our rows beside its history nor the functions that hold users'
/// expressions. Nothing calls them any more.
/// </summary>
sealed class Leftovers(Session session, StateStore state, RunnerOptions options)
{
    const string Functions =
        """
        SELECT pg_catalog.string_agg(pg_catalog.format('%I.%I(%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)), ', ')
        FROM pg_catalog.pg_proc p
        JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname = $1 AND p.proname ~ '^_pgroll_(up|down|default|next|changed)_' AND pg_catalog.pg_has_role(p.proowner, 'USAGE')
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.refclassid = 'pg_catalog.pg_proc'::regclass AND d.refobjid = p.oid)
          -- Nothing depends on what a trigger calls. A rollout may be active whose state is in another schema than ours.
          AND NOT EXISTS (
            SELECT FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
            WHERE c.relnamespace = n.oid AND t.tgname = ANY ($2::text[]))
        """;

    static readonly string[] Triggers = [GeneratedNames.InsertTrigger, GeneratedNames.UpdateTrigger];

    public async Task ClearAsync(CancellationToken ct)
    {
        if (await state.IsRolloutActiveAsync(ct))
            return;
        await state.DeleteBackfillsAsync(ct);
        await state.DeleteRolloutAsync(ct);
        if (await session.ScalarAsync<string>(Functions, ct, options.Schema, (object)Triggers) is { } functions)
            await session.ExecuteAsync($"DROP FUNCTION {functions}", ct);
    }
}
