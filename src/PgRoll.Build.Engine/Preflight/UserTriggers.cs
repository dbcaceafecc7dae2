using Npgsql;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Plans;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Preflight;

/// <summary>
/// Users' triggers on tables with a backfill. A BEFORE trigger that fires for it changes rows that nobody wrote to (think of one that
/// keeps the time of the last change), and what the new columns are computed from. So they are kept from firing where the role may set
/// <c>session_replication_role</c>. Nothing else is lost by that: the backfill writes new columns alone, on which no foreign key lies yet.
/// </summary>
sealed class UserTriggers(Session session)
{
    static readonly string Query = Resource.Read("user_triggers.sql");

    public Task<IReadOnlyList<UserTrigger>> FindAsync(string schema, IReadOnlyList<string> tables, CancellationToken ct) => session.QueryAsync(Query,
        static row => new UserTrigger(row.GetString(0), $"{row.GetString(1)} {row.GetString(2)}", row.GetString(3), row.GetBoolean(4), row.GetBoolean(5), row.GetBoolean(6), row.GetBoolean(7)),
        ct, schema, (object)tables.ToArray());

    /// <summary>The mode in which no trigger harms a backfill; where there is none, the usual one.</summary>
    public async Task<BackfillMode> ModeAsync(BackfillStep step, CancellationToken ct)
    {
        var triggers = await FindAsync(step.Table.Schema.Name, [step.Table.Name.Name], ct);
        BackfillMode Mode(bool replica) => new(replica, [.. triggers.Where(t => t.FiresFor(replica))]);
        var (usual, replica) = (Mode(false), Mode(true));
        return !step.FiresUserTriggers && usual.Firing.Count > 0 && replica.Harmful.Count == 0 && await MayBeReplicaAsync(step.Table, ct) ? replica : usual;
    }

    /// <summary>What to do about triggers that would do harm.</summary>
    public async Task<string> AdviceAsync(BackfillMode mode, CancellationToken ct)
    {
        var role = await session.ScalarAsync<string>("SELECT CAST(pg_catalog.quote_ident(current_user) AS text)", ct);
        var grant = session.Major >= 15 ? $"GRANT SET ON PARAMETER session_replication_role TO {role}" : "run as a superuser";
        return $"The backfill updates every row, which would fire them: they may change users' data, and what the new columns are computed from:{Lines(mode.Harmful)}{Environment.NewLine}"
            + $"Let the role '{role}' keep them from firing ({grant}; those that are enabled ALWAYS or for REPLICA, and rules that are, fire even so); "
            + "or disable them while `start` runs; or give --allow-user-triggers: then they fire, and the new columns are computed from the rows as they leave them.";
    }

    public static string Lines(IEnumerable<UserTrigger> triggers) => string.Concat(triggers.Select(t => $"{Environment.NewLine}  {t.Name}"));

    /// <summary>
    /// The server knows best who may, so it is asked by doing it. Once foreign keys lie on the new columns (rows that came past the
    /// sync trigger are filled by <c>complete</c>) nobody may: a replica does not check them.
    /// </summary>
    async Task<bool> MayBeReplicaAsync(QualifiedName table, CancellationToken ct)
    {
        if (await session.ScalarAsync<bool>(
            """
            SELECT EXISTS (
              SELECT FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
              WHERE c.conrelid = pg_catalog.to_regclass($1) AND c.contype = 'f' AND pg_catalog.starts_with(a.attname::text, '_pgroll_new_'))
            """, ct, table.ToString()))
            return false;
        try
        {
            await using var transaction = await session.BeginAsync(ct);
            await session.ExecuteAsync("SELECT pg_catalog.set_config('session_replication_role', 'replica', true)", ct);
            await transaction.RollbackAsync(ct);
            return true;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return false;
        }
    }
}
