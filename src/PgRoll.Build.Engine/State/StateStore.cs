using Npgsql;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.State;

/// <summary>
/// What the product remembers in the database: pgroll's history, in pgroll's tables, and beside them the rollout in progress, in
/// tables of our own. Everything runs on the session it is given, so that what is remembered commits with what was done.
/// </summary>
sealed class StateStore(Session session, RunnerOptions options)
{
    // By the first, a row is known as ours. pgroll passes over it; the second, inside an operation, makes it refuse the row.
    const string Tool = """{"tool": "PgRoll.Build"}""", ObstacleKey = "pgroll_build", ObstaclePrefix = "to be ended by dotnet pgroll: ";

    const string FirstOperation = "(SELECT pg_catalog.min(o.key) FROM pg_catalog.jsonb_object_keys(migration -> 'operations' -> 0) AS o(key))";

    readonly Ident _schema = new(options.StateSchema);

    public async Task<bool> IsInitializedAsync(CancellationToken ct) =>
        await session.ScalarAsync<bool>(
            "SELECT pg_catalog.to_regclass(pg_catalog.format('%I.migrations', $1)) IS NOT NULL", ct, options.StateSchema);

    /// <summary>Whether the state schema is as this version makes it.</summary>
    public async Task<bool> IsCurrentAsync(CancellationToken ct) =>
        await session.ScalarAsync<string>(
            "SELECT pg_catalog.obj_description(pg_catalog.to_regclass(pg_catalog.format('%I.rollouts', $1)), 'pg_class')", ct, options.StateSchema)
        == StateSchema.Version;

    /// <summary>Makes the state schema, or brings an older one up to date. Safe to repeat.</summary>
    public async Task InitializeAsync(CancellationToken ct)
    {
        await using var transaction = await session.BeginAsync(ct);
        // pgroll's own lock for the same work.
        await session.ExecuteAsync("SELECT pg_catalog.pg_advisory_xact_lock($1)", ct, 0x2c03057fb9525b);
        await session.ExecuteAsync(StateSchema.Script(_schema), ct);
        await transaction.CommitAsync(ct);
    }

    public Task<IReadOnlyList<HistoryRow>> HistoryAsync(CancellationToken ct) => session.QueryAsync(
        $"""
         SELECT name, coalesce(migration ->> 'version_schema', name), done, coalesce(migration_type, 'pgroll'), created_at, migration::text, migration @> '{Tool}'
         FROM {_schema}.migrations WHERE schema = $1 ORDER BY created_at, name
         """,
        static row => new HistoryRow(row.GetString(0), row.GetString(1), row.GetBoolean(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4))
        {
            Json = row.GetString(5),
            IsOurs = row.GetBoolean(6),
        }, ct, options.Schema);

    /// <summary>
    /// Enters a rollout into the history as one active migration, under the last one's name: pgroll reads it as such. The files that it
    /// is made of stand beside the operations, in a key that pgroll does not know and passes over. A key inside an operation it does not
    /// pass over: with one, neither its complete nor its rollback touches anything.
    /// The history's order is that of created_at: it comes after the newest row, whatever the clocks say, with room for a row per file.
    /// </summary>
    /// <param name="rollout">The rollout.</param>
    /// <param name="obstacle">What keeps pgroll from ending it; null where it may.</param>
    /// <param name="ct">Cancels.</param>
    public async Task InsertMigrationAsync(RolloutRow rollout, string? obstacle, CancellationToken ct) => await session.ExecuteAsync(
        $"""
         INSERT INTO {_schema}.migrations (schema, name, created_at, migration, parent)
         SELECT $1, $2,
                greatest(CURRENT_TIMESTAMP, (SELECT pg_catalog.max(m.created_at) FROM {_schema}.migrations m WHERE m.schema = $1))
                  + pg_catalog.jsonb_array_length($3::jsonb) * interval '1 microsecond',
                CASE WHEN $4::text IS NULL OR whole.migration -> 'operations' = '[]' THEN whole.migration
                  ELSE pg_catalog.jsonb_set(whole.migration, ARRAY['operations', '0', {FirstOperation.Replace("migration", "whole.migration", StringComparison.Ordinal)}, '{ObstacleKey}'], pg_catalog.to_jsonb($4::text))
                END || '{Tool}',
                {_schema}.latest_migration($1)
         FROM (SELECT ($3::jsonb -> -1 ->> 'json')::jsonb AS migration) AS last
         CROSS JOIN LATERAL (
           SELECT CASE WHEN pg_catalog.jsonb_array_length($3::jsonb) = 1 THEN last.migration ELSE last.migration
                  || pg_catalog.jsonb_build_object('operations', (
                       SELECT pg_catalog.jsonb_agg(o.value ORDER BY m.place, o.place)
                       FROM pg_catalog.jsonb_array_elements($3::jsonb) WITH ORDINALITY AS m(value, place)
                       CROSS JOIN LATERAL pg_catalog.jsonb_array_elements((m.value ->> 'json')::jsonb -> 'operations') WITH ORDINALITY AS o(value, place)))
                  || pg_catalog.jsonb_build_object('files', (
                       SELECT pg_catalog.jsonb_agg(m.value -> 'name' ORDER BY m.place)
                       FROM pg_catalog.jsonb_array_elements($3::jsonb) WITH ORDINALITY AS m(value, place)))
                  END AS migration) AS whole
         """, ct, options.Schema, rollout.Migration, PlanJson.WriteMigrations(rollout.Migrations), obstacle is null ? null : ObstaclePrefix + obstacle);

    /// <summary>What keeps pgroll from ending the active migration; null where it may, or where none is active.</summary>
    public async Task<string?> ObstacleAsync(CancellationToken ct) => (await session.ScalarAsync<string>(
        $"SELECT pg_catalog.jsonb_path_query_first(migration, '$.operations[0].*.{ObstacleKey}') #>> '{{}}' FROM {_schema}.migrations WHERE schema = $1 AND NOT done", ct, options.Schema))?.Replace(ObstaclePrefix, "", StringComparison.Ordinal);

    /// <summary>Turns the active migration into one that is done, or into as many as the rollout has, each the parent of the next.</summary>
    public async Task CompleteMigrationAsync(RolloutRow rollout, CancellationToken ct)
    {
        var isActive = rollout.Migrations.Count > 1
            ? await SplitMigrationAsync(rollout, ct)
            : await session.ExecuteAsync(
                $"""
                 UPDATE {_schema}.migrations
                 SET done = true, migration = migration #- ARRAY['operations', '0', coalesce({FirstOperation}, ''), '{ObstacleKey}'], resulting_schema = {_schema}.read_schema($1)
                 WHERE schema = $1 AND NOT done
                 """, ct, options.Schema) == 1;
        if (!isActive)
            throw new PgRollException(ExitReason.NotNow, $"Migration '{rollout.Migration}' was ended by somebody else meanwhile. Nothing was changed.");
    }

    async Task<bool> SplitMigrationAsync(RolloutRow rollout, CancellationToken ct)
    {
        if (await session.ScalarAsync<DateTime?>($"DELETE FROM {_schema}.migrations WHERE schema = $1 AND NOT done RETURNING created_at", ct, options.Schema) is not { } createdAt)
            return false;
        for (var i = 0; i < rollout.Migrations.Count; i++)
            // The history's order is that of created_at: a microsecond apart, the last one's stays.
            await session.ExecuteAsync(
                $"""
                 INSERT INTO {_schema}.migrations (schema, name, migration, parent, created_at, done, resulting_schema)
                 VALUES ($1, $2, $3::jsonb || '{Tool}', {_schema}.latest_migration($1), $4 - $5 * interval '1 microsecond', true, {_schema}.read_schema($1))
                 """, ct, options.Schema, rollout.Migrations[i].Name, rollout.Migrations[i].Json, createdAt, rollout.Migrations.Count - 1 - i);
        return true;
    }

    public async Task DeleteMigrationAsync(CancellationToken ct) =>
        await session.ExecuteAsync($"DELETE FROM {_schema}.migrations WHERE schema = $1 AND NOT done", ct, options.Schema);

    /// <summary>The active migration as the history holds it, without keys of ours; null where none is active.</summary>
    public async Task<RolloutMigration?> ActiveMigrationAsync(CancellationToken ct)
    {
        var rows = await session.QueryAsync(
            $"""
             SELECT name, pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object('version_schema', migration -> 'version_schema'))
                    || pg_catalog.jsonb_build_object('operations', migration -> 'operations')
             FROM {_schema}.migrations WHERE schema = $1 AND NOT done
             """, static row => new RolloutMigration(row.GetString(0), row.GetString(1)), ct, options.Schema);
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>The newest version schema but one; null for none.</summary>
    public Task<string?> PreviousVersionAsync(CancellationToken ct) =>
        session.ScalarAsync<string>($"SELECT {_schema}.previous_version($1)", ct, options.Schema);

    /// <summary>Whether the active migration is the one that the rollout is about: pgroll may have ended ours, and started another.</summary>
    public Task<bool> IsRolloutActiveAsync(CancellationToken ct) => session.ScalarAsync<bool>(
        $"""
         SELECT EXISTS (
           SELECT FROM {_schema}.migrations m JOIN {_schema}.rollouts r ON r.schema = m.schema AND r.migrations -> -1 ->> 'name' = m.name
           WHERE m.schema = $1 AND NOT m.done AND m.migration @> '{Tool}')
         """, ct, options.Schema);

    /// <summary>The newest version schema that exists; null for none.</summary>
    public Task<string?> LatestVersionAsync(CancellationToken ct) =>
        session.ScalarAsync<string>($"SELECT {_schema}.latest_version($1)", ct, options.Schema);

    public async Task<RolloutRow?> RolloutAsync(CancellationToken ct)
    {
        var rows = await session.QueryAsync(
            $"SELECT migrations::text, phase, done, plan::text, checksum, fingerprint FROM {_schema}.rollouts WHERE schema = $1",
            static row => new RolloutRow(
                PlanJson.ReadMigrations(row.GetString(0)), Enum.Parse<RolloutPhase>(row.GetString(1)), row.GetInt32(2), PlanJson.Read(row.GetFieldValue<byte[]>(3)),
                row.GetString(4), row.IsDBNull(5) ? null : row.GetString(5)),
            ct, options.Schema);
        return rows.Count == 0 ? null : rows[0];
    }

    public async Task InsertRolloutAsync(RolloutRow rollout, CancellationToken ct) => await session.ExecuteAsync(
        $"""
         INSERT INTO {_schema}.rollouts (schema, migrations, phase, done, plan, checksum, owner)
         VALUES ($1, $2::jsonb, $3, $4, pg_catalog.convert_from($5, 'UTF8')::jsonb, $6, pg_catalog.jsonb_object($7::text[], $8::text[]))
         """, ct, options.Schema, PlanJson.WriteMigrations(rollout.Migrations), rollout.Phase.ToString(), rollout.Done, PlanJson.Write(rollout.Plan), rollout.Checksum,
        options.Owner.Keys.ToArray(), options.Owner.Values.ToArray());

    /// <summary>Who started the rollout, or took it over.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OwnerAsync(CancellationToken ct) => (await session.QueryAsync(
        $"SELECT o.key, coalesce(o.value, '') FROM {_schema}.rollouts r CROSS JOIN pg_catalog.jsonb_each_text(r.owner) o WHERE r.schema = $1",
        static row => (Key: row.GetString(0), Value: row.GetString(1)), ct, options.Schema)).ToDictionary(o => o.Key, o => o.Value);

    /// <summary>Whoever goes on with a rollout answers for it.</summary>
    public async Task SetOwnerAsync(CancellationToken ct) => await session.ExecuteAsync(
        $"UPDATE {_schema}.rollouts SET owner = pg_catalog.jsonb_object($2::text[], $3::text[]) WHERE schema = $1", ct,
        options.Schema, options.Owner.Keys.ToArray(), options.Owner.Values.ToArray());

    public async Task SetDoneAsync(int done, CancellationToken ct) =>
        await session.ExecuteAsync($"UPDATE {_schema}.rollouts SET done = $2 WHERE schema = $1", ct, options.Schema, done);

    /// <summary>Enters a phase, at its first step.</summary>
    public async Task SetPhaseAsync(RolloutPhase phase, int done, string? fingerprint, CancellationToken ct) => await session.ExecuteAsync(
        $"UPDATE {_schema}.rollouts SET phase = $2, done = $3, fingerprint = coalesce($4::text, fingerprint) WHERE schema = $1",
        ct, options.Schema, phase.ToString(), done, fingerprint);

    public async Task DeleteRolloutAsync(CancellationToken ct) =>
        await session.ExecuteAsync($"DELETE FROM {_schema}.rollouts WHERE schema = $1", ct, options.Schema);

    /// <summary>A backfill begins, or goes on from where it was interrupted: the heap block to begin with.</summary>
    public async Task<long> BeginBackfillAsync(QualifiedName table, long blocks, bool goesOn, CancellationToken ct) => await session.ScalarAsync<long>(
        $"""
         INSERT INTO {_schema}.backfills AS b (schema, table_name, next_block, blocks, rows) VALUES ($1, $2, 0, $3, 0)
         ON CONFLICT (schema, table_name) DO UPDATE
         SET next_block = CASE WHEN $4 THEN b.next_block ELSE 0 END, blocks = $3, updated_at = pg_catalog.clock_timestamp(),
             since = pg_catalog.clock_timestamp(), since_block = CASE WHEN $4 THEN b.next_block ELSE 0 END, since_rows = b.rows
         RETURNING next_block
         """, ct, options.Schema, Key(table), blocks, goesOn);

    /// <summary>All blocks before this one are done, and so many rows more: to be run with what does them.</summary>
    public NpgsqlBatchCommand AdvanceBackfill(QualifiedName table, long nextBlock, long rows) => new(
        $"""
         UPDATE {_schema}.backfills
         SET next_block = greatest(next_block, $3), rows = rows + $4, updated_at = pg_catalog.clock_timestamp()
         WHERE schema = $1 AND table_name = $2
         """)
    {
        Parameters = { new() { Value = options.Schema }, new() { Value = Key(table) }, new() { Value = nextBlock }, new() { Value = rows } },
    };

    /// <summary>Partitions may live in other schemas than their table.</summary>
    string Key(QualifiedName table) => table.Schema.Name == options.Schema ? table.Name.Name : table.ToString();

    public async Task DeleteBackfillsAsync(CancellationToken ct) =>
        await session.ExecuteAsync($"DELETE FROM {_schema}.backfills WHERE schema = $1", ct, options.Schema);
}

/// <summary>A migration in pgroll's history.</summary>
sealed record HistoryRow(string Name, string Version, bool IsDone, string Type, DateTimeOffset CreatedAt)
{
    /// <summary>Whether it restarts the history.</summary>
    public bool IsBaseline => Type == "baseline";

    /// <summary>Whether it is DDL that somebody ran, noted by pgroll's event triggers: such a row has no file.</summary>
    public bool IsInferred => Type == "inferred";

    /// <summary>The migration.</summary>
    public required string Json { get; init; }

    /// <summary>Whether this tool entered it; else pgroll did, or it was edited by hand.</summary>
    public required bool IsOurs { get; init; }
}
