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
        var last = await session.QueryAsync(
            $"""
             SELECT m.name, m.resulting_schema::text, {_schema}.read_schema($1)::text
             FROM (SELECT * FROM {_schema}.migrations WHERE schema = $1 ORDER BY created_at DESC, name DESC LIMIT 1) m
             WHERE m.done AND m.resulting_schema <> CAST('{"{}"}' AS jsonb)
             """, static row => (Migration: row.GetString(0), Recorded: row.GetString(1), Live: row.GetString(2)), ct, options.Schema);
        return last is [var row]
            ? new(row.Migration, SchemaDrift.Compare(Snapshot.Read(row.Recorded, options.Schema), Snapshot.Read(row.Live, options.Schema)))
            : null;
    }
}
