using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.State;

/// <summary>The history as rows that can become files again, and how a baseline gets into it.</summary>
sealed class AppliedMigrations(Session session, StateStore state, RunnerOptions options)
{
    readonly Ident _schema = new(options.StateSchema);

    /// <summary>What was applied since the latest baseline, in order; of an active rollout, each of its migrations.</summary>
    public async Task<IReadOnlyList<AppliedMigration>> ReadAsync(CancellationToken ct)
    {
        var rows = await session.QueryAsync(
            $"SELECT name, (migration - 'files' - 'tool')::text, done, coalesce(migration_type, 'pgroll') FROM {_schema}.migrations WHERE schema = $1 ORDER BY created_at, name",
            static row => new AppliedMigration(row.GetString(0), row.GetString(1), row.GetBoolean(2), row.GetString(3)), ct, options.Schema);
        var since = rows.Skip(rows.Select(r => r.Type).ToList().LastIndexOf(Baseline) + 1);
        var rollout = rows.Any(r => !r.IsDone) ? await state.RolloutAsync(ct) : null;
        return [.. since.SelectMany(r => r.IsDone || rollout is null ? [r] : rollout.Migrations.Select(m => r with { Name = m.Name, Json = m.Json }))];
    }

    /// <summary>Enters the schema as it is as a migration that is done, and that the ones before it do not matter for.</summary>
    public async Task InsertBaselineAsync(string name, CancellationToken ct) => await session.ExecuteAsync(
        $$"""
          INSERT INTO {{_schema}}.migrations (schema, name, migration, parent, done, migration_type, resulting_schema)
          VALUES ($1, $2, '{"operations":[]}', {{_schema}}.latest_migration($1), true, '{{Baseline}}', {{_schema}}.read_schema($1))
          """, ct, options.Schema, name);

    const string Baseline = "baseline";
}
