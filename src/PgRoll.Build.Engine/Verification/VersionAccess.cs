using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine.Verification.Rows;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Verification;

/// <summary>Whether clients of a version can use it: its views can be read, and whoever could use the old version's tables can use the new one's.</summary>
sealed class VersionAccess(ProofSubject subject, VersionClient client)
{
    readonly RolloutMap _map = subject.Map;

    /// <summary>Reads each table of a version.</summary>
    public async Task<bool> CanBeReadAsync(string which, IEnumerable<Table> tables, CancellationToken ct)
    {
        List<string> names = [.. tables.Select(t => t.Name)];
        await using var transaction = await client.Session.BeginAsync(ct);
        var refusals = await client.TryAsync(names.Select(name => Sql.Of($"SELECT * FROM {QualifiedName.Of(client.Schema, name)} LIMIT 1")), ct);
        await transaction.RollbackAsync(ct);
        foreach (var (name, refusal) in names.Zip(refusals).Where(r => r.Second is not null))
            subject.Findings.Add(VerifyRules.VersionUnusable, _map.RawSql(onComplete: false), $"'{name}' of the {which} version cannot be read: {refusal}");
        return refusals.All(r => r is null);
    }

    public async Task CompareRightsAsync(IReadOnlyCollection<(string Role, string Table, string Privilege)> before, CancellationToken ct)
    {
        var after = await RightsAsync(_map.After.Tables, ct);
        foreach (var table in _map.After.Tables)
        {
            var old = _map.Before.Tables.FirstOrDefault(t => t.Physical == table.Physical);
            var missing = old is null
                ? before.Where(b => b.Privilege == "SELECT").GroupBy(b => b.Role).Where(role => role.Select(b => b.Table).Distinct().Count() == _map.Before.Tables.Count).Select(role => (Role: role.Key, Privilege: "SELECT"))
                : before.Where(b => b.Table == old.Name).Select(b => (b.Role, b.Privilege));
            var lost = missing.Where(m => !after.Contains((m.Role, table.Name, m.Privilege))).ToList();
            if (lost.Count > 0)
                subject.Findings.Add(VerifyRules.VersionUnusable, old is null ? Severity.Warning : Severity.Error, _map.OperationOf(table.Physical), old is null
                    ? $"{string.Join(", ", lost.Select(l => $"'{l.Role}'").Distinct())}, who may read all tables of the old version, may not read '{table.Name}' of the new one: GRANT it, or set default privileges"
                    : $"'{lost[0].Role}' may {string.Join(", ", lost.Where(l => l.Role == lost[0].Role).Select(l => l.Privilege))} '{old.Name}' of the old version, and not '{table.Name}' of the new one");
        }
    }

    /// <summary>Who may do what with the version's tables.</summary>
    public async Task<IReadOnlySet<(string Role, string Table, string Privilege)>> RightsAsync(IReadOnlyList<Table> tables, CancellationToken ct) => (await client.Session.QueryAsync(Resource.Read("version_rights.sql"),
        static row => (row.GetString(0), row.GetString(1), row.GetString(2)), ct, client.Schema, subject.Options.Schema, tables.Select(t => t.Name).ToArray(), tables.Select(t => t.Physical).ToArray())).ToHashSet();
}
