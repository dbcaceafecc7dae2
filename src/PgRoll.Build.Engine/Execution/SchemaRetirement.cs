using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Plans;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Execution;

/// <summary>Drops a schema of views in portions: one transaction for all of them could need more locks than the server has room for.</summary>
sealed class SchemaRetirement(Session session, LockRetry retry)
{
    const int Portion = 50;

    public async Task RunAsync(RetireStep step, CancellationToken ct)
    {
        var views = await session.QueryAsync(
            """
            SELECT c.relname FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = $1 AND c.relkind = 'v' ORDER BY c.relname
            """, row => QualifiedName.Of(step.Schema, row.GetString(0)), ct, step.Schema);
        foreach (var portion in views.Chunk(Portion))
            await DropAsync(step, string.Join(";\n", portion.Select(view => Sql.Of($"DROP VIEW IF EXISTS {view}").Text)), ct);
        await DropAsync(step, Sql.Of($"DROP SCHEMA IF EXISTS {new Ident(step.Schema)}").Text, ct);
    }

    /// <summary>Several statements in one command are one transaction.</summary>
    Task DropAsync(RetireStep step, string sql, CancellationToken ct) => retry.RunAsync(session, step.Why, () => session.ExecuteAsync(sql, ct), ct);
}
