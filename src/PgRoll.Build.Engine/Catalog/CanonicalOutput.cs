using Npgsql;
using PgRoll.Build.Engine.Sessions;

namespace PgRoll.Build.Engine.Catalog;

/// <summary>
/// Reads the catalog with constants spelled one way: how the server prints dates, intervals, floats and names depends on settings that
/// the next session may have otherwise. The session's own settings are back afterwards: a transaction around it is not ours alone.
/// </summary>
static class CanonicalOutput
{
    const string Settings =
        "(VALUES ('DateStyle', 'ISO'), ('IntervalStyle', 'postgres'), ('TimeZone', 'UTC'), ('extra_float_digits', '1'), ('bytea_output', 'hex'), ('quote_all_identifiers', 'off')) s (name, value)";

    const string Set =
        $"SELECT pg_catalog.set_config('pgroll_build.' || name, pg_catalog.current_setting(name), true), pg_catalog.set_config(name, value, true) FROM {Settings}";

    const string Restore =
        $"SELECT pg_catalog.set_config(name, pg_catalog.current_setting('pgroll_build.' || name), true) FROM {Settings}";

    /// <summary>Runs the queries in one round trip, which is one transaction at least. The reader stands before the first one's rows.</summary>
    public static async Task<T> ReadAsync<T>(Session session, IEnumerable<NpgsqlBatchCommand> queries, Func<NpgsqlDataReader, Task<T>> read, CancellationToken ct)
    {
        await using var batch = session.Connection.CreateBatch();
        foreach (var query in (IEnumerable<NpgsqlBatchCommand>)[new(Set), .. queries, new(Restore)])
            batch.BatchCommands.Add(query);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        return await read(reader);
    }
}
