using PgRoll.Build.Engine.Catalog;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Model;
using PgRoll.Build.Plans;

namespace PgRoll.Build.Engine.Preflight;

/// <summary>
/// Users' triggers that name all columns of a row at once, as those that write it to another table do: the rollout's columns are among
/// them, and such a table has no place for these. What a function does is not known for sure: it is told, not refused.
/// </summary>
sealed class WholeRows(Session session, RunnerOptions options)
{
    /// <summary>Reports those of tables that get a column, if only the marker of rows that are to be filled.</summary>
    public async Task WarnAsync(Schema before, Schema after, Plan plan, CancellationToken ct)
    {
        var synced = SyncedTables.Of(plan);
        string[] tables =
        [
            .. from table in after.Tables
               join old in before.Tables on table.Physical equals old.Physical
               where synced.Contains(table.Physical) || table.Columns.Any(c => old.Columns.All(o => o.Physical != c.Physical))
               select table.Physical,
        ];
        var found = tables.Length == 0 ? [] : await CanonicalOutput.QueryAsync(session,
            """
            SELECT pg_catalog.format('%s of ''%s'' (%s)', g.tgname, c.relname, p.oid::regprocedure)
            FROM pg_catalog.pg_trigger g
            JOIN pg_catalog.pg_class c ON c.oid = g.tgrelid
            JOIN pg_catalog.pg_proc p ON p.oid = g.tgfoid
            WHERE c.relname = ANY ($2::text[]) AND c.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1)
              AND NOT g.tgisinternal AND g.tgenabled <> 'D' AND p.prosrc ~* '\m(new|old)\M\s*\)?\s*\.\s*\*'
            ORDER BY 1
            """, static row => row.GetString(0), ct, options.Schema, (object)tables);
        if (found.Count > 0)
            options.Report(new Warned(
                $"Triggers name all columns of a row (NEW.*, OLD.*), the rollout's own among them. If they write it to a table without these, clients' writes will be refused until `complete`: {string.Join(", ", found)}. Let them name the columns."));
    }
}
