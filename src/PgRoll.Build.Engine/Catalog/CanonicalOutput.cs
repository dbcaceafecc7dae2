using Npgsql;
using PgRoll.Build.Engine.Sessions;

namespace PgRoll.Build.Engine.Catalog;

/// <summary>
/// Reads the catalog with names as the users' path shows them, and constants spelled one way: how the server prints dates, intervals,
/// floats and names depends on settings that the next session may have otherwise. What a query itself says is looked up on our own path:
/// a cursor keeps what it was declared with, and prints with the settings of the moment it is read. Nor are the queries compiled, which
/// can take far longer than to run them.
/// </summary>
static class CanonicalOutput
{
    const string Settings =
        """
        (VALUES ('DateStyle', 'ISO'), ('IntervalStyle', 'postgres'), ('TimeZone', 'UTC'), ('extra_float_digits', '1'), ('bytea_output', 'hex'),
                ('quote_all_identifiers', 'off'), ('jit', 'off'), ('cursor_tuple_fraction', '1')) s (name, value)
        """;

    const string Set =
        $"SELECT pg_catalog.set_config('pgroll_build.' || name, pg_catalog.current_setting(name), true), pg_catalog.set_config(name, value, true) FROM {Settings}";

    const string Restore =
        $"SELECT pg_catalog.set_config(name, pg_catalog.current_setting('pgroll_build.' || name), true) FROM {Settings}";

    /// <summary>
    /// Runs the queries in one round trip. The reader stands before the first one's rows. The session's own settings are back afterwards:
    /// a transaction around it is not ours alone.
    /// </summary>
    public static async Task<T> ReadAsync<T>(Session session, IReadOnlyList<NpgsqlBatchCommand> queries, Func<NpgsqlDataReader, Task<T>> read, CancellationToken ct)
    {
        await using var own = session.IsInTransaction ? null : await session.BeginAsync(ct);
        var result = await InTransactionAsync(session, queries, read, ct);
        if (own is not null)
            await own.CommitAsync(ct);
        return result;
    }

    /// <summary>Runs one query.</summary>
    public static Task<IReadOnlyList<T>> QueryAsync<T>(Session session, string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params object[] parameters)
    {
        var query = new NpgsqlBatchCommand(sql);
        foreach (var value in parameters)
            query.Parameters.Add(new() { Value = value });
        return ReadAsync(session, [query], async reader =>
        {
            List<T> rows = [];
            while (await reader.ReadAsync(ct))
                rows.Add(read(reader));
            return (IReadOnlyList<T>)rows;
        }, ct);
    }

    static async Task<T> InTransactionAsync<T>(Session session, IReadOnlyList<NpgsqlBatchCommand> queries, Func<NpgsqlDataReader, Task<T>> read, CancellationToken ct)
    {
        await using var batch = session.Connection.CreateBatch();
        batch.BatchCommands.Add(new(Set));
        for (var i = 0; i < queries.Count; i++)
        {
            queries[i].CommandText = $"DECLARE {Cursor(i)} NO SCROLL CURSOR FOR {queries[i].CommandText}";
            batch.BatchCommands.Add(queries[i]);
        }
        batch.BatchCommands.Add(Path(session.UsersPath));
        for (var i = 0; i < queries.Count; i++)
            batch.BatchCommands.Add(new($"FETCH ALL FROM {Cursor(i)}"));
        for (var i = 0; i < queries.Count; i++)
            batch.BatchCommands.Add(new($"CLOSE {Cursor(i)}"));
        batch.BatchCommands.Add(Path(Session.OwnPath));
        batch.BatchCommands.Add(new(Restore));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        // Past the results of the settings and of the path; what declares gives none.
        await reader.NextResultAsync(ct);
        await reader.NextResultAsync(ct);
        return await read(reader);
    }

    static NpgsqlBatchCommand Path(string path) => new("SELECT pg_catalog.set_config('search_path', $1, true)") { Parameters = { new() { Value = path } } };

    static string Cursor(int number) => $"pgroll_build_{number}";
}
