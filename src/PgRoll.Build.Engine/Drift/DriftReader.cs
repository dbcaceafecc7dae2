using Npgsql;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Drift;

/// <summary>Compares a base schema with what the history says of it.</summary>
sealed class DriftReader(Session session, RunnerOptions options)
{
    readonly Ident _schema = new(options.StateSchema);

    /// <summary>Null where the history says nothing: a migration is active, none is complete, or the last one's record is empty.</summary>
    public async Task<DriftReport?> ReadAsync(CancellationToken ct)
    {
        // Mostly the two are the same to the letter, and then nobody needs to read megabytes.
        var last = await session.QueryAsync(
            $"""
             SELECT m.name, CASE WHEN m.recorded <> m.live THEN m.recorded::text END, CASE WHEN m.recorded <> m.live THEN m.live::text END
             FROM (
               SELECT l.name, l.resulting_schema AS recorded, {_schema}.read_schema($1) AS live
               FROM (SELECT * FROM {_schema}.migrations WHERE schema = $1 ORDER BY created_at DESC, name DESC LIMIT 1) l
               WHERE l.done AND l.resulting_schema <> CAST('{"{}"}' AS jsonb)
               OFFSET 0) m
             """, row => (Migration: row.GetString(0), Recorded: Read(row, 1), Live: Read(row, 2)), ct, options.Schema);
        return last is [var row]
            ? new(row.Migration, row is { Recorded: { } recorded, Live: { } live } ? SchemaDrift.Compare(recorded, live) : [])
            : null;
    }

    Snapshot? Read(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : Snapshot.Read(row.GetString(column), options.Schema);
}
