using System.Diagnostics;
using Npgsql;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Plans;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Execution;

/// <summary>
/// Builds an index while clients write. The build waits for every transaction that may still see the table without it; it blocks
/// nobody meanwhile, so it has no lock timeout, but a budget. An attempt that failed leaves an invalid index behind, which is dropped.
/// </summary>
sealed class IndexBuilder(Session session, RunnerOptions options)
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task RunAsync(IndexStep step, CancellationToken ct)
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(Pause, ct))
            try
            {
                await TryAsync(step, ct);
                return;
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.DeadlockDetected && watch.Elapsed < options.IndexWait)
            {
                // It waited for a transaction that came to wait for it. The server chose us: the client goes on, and so may we.
                options.Report(new LockWaited(step.Why, $"a transaction that it was in a deadlock with ({BlockerWatch.Line(error.Detail ?? "no details")})", Pause));
            }
    }

    async Task TryAsync(IndexStep step, CancellationToken ct)
    {
        var valid = await IsValidAsync(step.Index, ct);
        if (valid == true)
            return;
        await session.SetLockTimeoutAsync(TimeSpan.Zero, ct);
        await session.SetPathAsync(session.UsersPath, ct);
        await using var watch = new BlockerWatch(options, session.Connection.ProcessID);
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(ct);
        budget.CancelAfter(options.IndexWait);
        try
        {
            if (valid == false)
                await session.ExecuteAsync(Sql.Of($"DROP INDEX CONCURRENTLY IF EXISTS {step.Index}").Text, budget.Token);
            await session.ExecuteAsync(step.Do.Text, budget.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new PgRollException(ExitReason.DatabaseError,
                $"Index {step.Index} was not built within {options.IndexWait}: it waits for {await watch.DescribeAsync()}. End that transaction, or allow more time.");
        }
        catch (PostgresException error)
        {
            error.Concerns(step);
            throw;
        }
        finally
        {
            if (session.Connection.State == System.Data.ConnectionState.Open)
                await session.ConfigureAsync(options, CancellationToken.None);
        }
    }

    /// <summary>Whether the index is usable; null if there is none.</summary>
    async Task<bool?> IsValidAsync(QualifiedName index, CancellationToken ct)
    {
        var rows = await session.QueryAsync(
            """
            SELECT i.indisvalid FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = $1 AND c.relname = $2
            """, static row => row.GetBoolean(0), ct, index.Schema.Name, index.Name.Name);
        return rows.Count == 0 ? null : rows[0];
    }
}
