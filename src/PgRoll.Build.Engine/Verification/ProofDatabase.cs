using PgRoll.Build.Engine.Verification.Databases;

namespace PgRoll.Build.Engine.Verification;

/// <summary>A database of one proof, made of the history before it as often as a fresh one is needed.</summary>
/// <param name="server">The server.</param>
/// <param name="template">The history, which nothing connects to while the proof lasts; null where there is one copy only.</param>
/// <param name="name">The copy.</param>
sealed class ProofDatabase(VerifyServer server, string? template, string name) : IAsyncDisposable
{
    string _name = name;

    public RunnerOptions Options => server.Options(_name);

    /// <summary>A fresh copy, if it can be had.</summary>
    public async Task<bool> RenewAsync(CancellationToken ct)
    {
        if (template is null)
            return false;
        await server.DropAsync(_name);
        _name = await server.CreateAsync(template, ct);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DropAsync(_name);
        if (template is not null)
            await server.DropAsync(template);
    }
}
