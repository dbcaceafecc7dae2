using PgRoll.Build.Engine.Sessions;

namespace PgRoll.Build.Engine.Verification;

/// <summary>All that a database's catalog shows its users, a line for each thing, so that two states of it can be compared.</summary>
static class CatalogText
{
    public static async Task<IReadOnlyList<string>> ReadAsync(Session session, RunnerOptions options, CancellationToken ct)
    {
        await using var transaction = await session.BeginAsync(ct);
        // With an empty path every name is printed with its schema.
        await session.ExecuteAsync("SELECT pg_catalog.set_config(name, value, true) FROM (VALUES ('search_path', ''), ('TimeZone', 'UTC'), ('DateStyle', 'ISO'), ('IntervalStyle', 'postgres'), ('extra_float_digits', '1')) s (name, value)", ct);
        return await session.QueryAsync(Resource.Read("catalog_dump.sql"), static row => row.GetString(0), ct, (object)new[] { options.StateSchema });
    }

    /// <summary>What is there that was not, and what is not there that was, in a few words; null for no difference.</summary>
    public static string? Difference(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        List<string> told =
        [
            .. after.Except(before).Select(line => $"there is: {Shorten(line)}"),
            .. before.Except(after).Select(line => $"there is no longer: {Shorten(line)}"),
        ];
        return told.Count == 0 ? null : string.Join("; ", told.Take(3)) + (told.Count > 3 ? $"; and {told.Count - 3} more" : "");
    }

    static string Shorten(string line) => Plans.Rows.RowCheck.Shorten(line.Trim(), 160);
}
