using PgRoll.Build.Engine.Catalog;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Model;

namespace PgRoll.Build.Engine.Preflight;

/// <summary>
/// Users' triggers that name a column which <c>complete</c> renames or drops: from then on they would refuse every write, and there is no
/// way back. The server does not look into functions before it runs them; what a text means is not known for sure: it is told, not refused.
/// </summary>
sealed class GoneColumns(Session session, RunnerOptions options)
{
    public async Task WarnAsync(Schema before, Schema after, CancellationToken ct)
    {
        (string Table, string Column)[] gone =
        [
            .. from old in before.Tables
               join table in after.Tables on old.Physical equals table.Physical
               from column in old.Columns
               where table.Find(column.Name) is null
               select (old.Physical, column.Name),
        ];
        var found = gone.Length == 0 ? [] : await CanonicalOutput.QueryAsync(session,
            """
            SELECT pg_catalog.format('%s of ''%s'' (%s) names ''%s''', g.tgname, c.relname, p.oid::regprocedure, gone.name)
            FROM ROWS FROM (pg_catalog.unnest($2::text[]), pg_catalog.unnest($3::text[])) gone (relation, name)
            JOIN pg_catalog.pg_class c ON c.relname = gone.relation AND c.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1)
            JOIN pg_catalog.pg_trigger g ON g.tgrelid = c.oid AND NOT g.tgisinternal AND g.tgenabled <> 'D'
            JOIN pg_catalog.pg_proc p ON p.oid = g.tgfoid
            -- The name as it is, whatever signs are in it, neither preceded nor followed by more of a word.
            WHERE p.prosrc ~* ('\m(new|old)\M\s*\.\s*"?' || pg_catalog.regexp_replace(gone.name, '(\W)', '\\\1', 'g') || '"?(?!\w)')
            ORDER BY 1
            """, static row => row.GetString(0), ct, options.Schema, gone.Select(g => g.Table).ToArray(), gone.Select(g => g.Column).ToArray());
        if (found.Count > 0)
            options.Report(new Warned(
                $"Triggers name columns that are gone after `complete`; if that is what they mean, every write is refused from then on: {string.Join(", ", found)}. Replace the functions right before `complete`, or in the migration with `sql` and `onComplete`."));
    }
}
