using System.Security.Cryptography;
using System.Text;
using PgRoll.Build.Engine.Sessions;

namespace PgRoll.Build.Engine.Catalog;

/// <summary>
/// Sums up all that <c>complete</c> relies on in some tables: columns, constraints and indexes with their validity, triggers, policies,
/// rules, inheritance, and what else depends on them. It differs once somebody changed one of them behind the rollout's back.
/// Views in schemas that are named as versions are (<c>schema_…</c>) do not count.
/// </summary>
sealed class Fingerprint(Session session)
{
    static readonly string Query = Resource.Read("fingerprint.sql");

    public async Task<string> OfAsync(IReadOnlyList<string> tables, string schema, CancellationToken ct) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(await TextAsync(tables, schema, ct))));

    /// <summary>What is summed up, a line for each thing.</summary>
    internal async Task<string> TextAsync(IReadOnlyList<string> tables, string schema, CancellationToken ct) =>
        string.Concat(await CanonicalOutput.QueryAsync(session, Query, static row => row.GetString(0) + '\n', ct, schema, tables.ToArray()));
}
