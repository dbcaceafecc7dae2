using Npgsql;
using PgRoll.Build.Engine.Drift;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Model;
using PgRoll.Build.Plans;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Verification;

/// <summary>
/// Compares the base schema with what the files say it is by now. The server spells both: in a transaction that is taken back, the tables make
/// way for those that the files' schema makes.
/// </summary>
sealed class ReplayedSchema(Session session, RunnerOptions options)
{
    /// <summary>The differences, in a few words; null where there are none, or the two cannot be compared.</summary>
    public async Task<string?> DifferenceAsync(Schema replayed, CancellationToken ct)
    {
        if (replayed.Tables.Any(t => t.IsPartitioned || t.IsInherited))
            return null;
        await using var transaction = await session.BeginAsync(ct);
        var live = await ReadAsync(ct);
        try
        {
            await session.SetPathAsync(session.UsersPath, ct);
            foreach (var table in live.Things.Keys.Where(thing => thing.Table is null))
                await session.ExecuteAsync(Sql.Of($"DROP TABLE {QualifiedName.Of(options.Schema, table.Name)} CASCADE").Text, ct);
            if (replayed.Tables.Count > 0)
                await session.ExecuteAsync(SchemaScript.Write(replayed), ct);
        }
        catch (PostgresException error) when (!ServerError.IsLostSession(error))
        {
            return null;
        }
        await session.SetPathAsync(Session.OwnPath, ct);
        IReadOnlyList<Difference> differences = [.. SchemaDrift.Compare(await ReadAsync(ct), live).Where(d => !IsOrder(d))];
        await transaction.RollbackAsync(ct);
        return differences.Count == 0 ? null : string.Join("; ", differences.Take(3).Select(Words)) + (differences.Count > 3 ? $"; and {differences.Count - 3} more" : "");
    }

    /// <summary>A copied column is younger than its neighbours, and a constraint's columns are listed by age; an index says their order itself.</summary>
    static bool IsOrder(Difference difference) =>
        difference is { Property: "columns", Recorded: { } recorded, Live: { } live } && recorded.Split(", ").Order(StringComparer.Ordinal).SequenceEqual(live.Split(", ").Order(StringComparer.Ordinal));

    static string Words(Difference difference) => (difference.Property, difference.Live) switch
    {
        (null, null) => $"{difference.Kind} '{difference.Name}' is missing",
        (null, _) => $"{difference.Kind} '{difference.Name}' is there, which no file makes",
        _ => $"{difference.Property} of {difference.Kind} '{difference.Name}' is {difference.Live ?? "none"} instead of {difference.Recorded ?? "none"}",
    };

    async Task<Snapshot> ReadAsync(CancellationToken ct) =>
        Snapshot.Read((await session.ScalarAsync<string>($"SELECT {new Ident(options.StateSchema)}.read_schema($1)::text", ct, options.Schema))!, options.Schema);
}
