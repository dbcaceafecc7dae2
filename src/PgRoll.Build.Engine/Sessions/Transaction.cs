using Npgsql;

namespace PgRoll.Build.Engine.Sessions;

/// <summary>A transaction of a session, which knows by it that it is in one. What is not committed is taken back.</summary>
sealed class Transaction(NpgsqlTransaction transaction, Func<CancellationToken, Task>? before, Action ended) : IAsyncDisposable
{
    public async Task CommitAsync(CancellationToken ct)
    {
        if (before is not null)
            await before(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Takes it back, and tells if the connection was lost meanwhile, which disposal does not.</summary>
    public Task RollbackAsync(CancellationToken ct) => transaction.RollbackAsync(ct);

    public async ValueTask DisposeAsync()
    {
        ended();
        await transaction.DisposeAsync();
    }
}
