using PgRoll.Build.Engine.Sessions;

namespace PgRoll.Build.Engine.Catalog;

sealed class Fingerprint(Session session)
{
    public async Task<string> OfAsync(IReadOnlyList<string> tables, string schema, CancellationToken ct) =>
        await session.ScalarAsync<string>("SELECT ''", ct) ?? schema + tables.Count;
}
