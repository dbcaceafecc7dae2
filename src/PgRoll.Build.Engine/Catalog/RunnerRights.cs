using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Model;
using PgRoll.Build.Plans;
using PgRoll.Build.Plans.Parts;

namespace PgRoll.Build.Engine.Catalog;

/// <summary>
/// Whether the role that does the work may do all of it. The server would say so too, one statement at a time and in the middle; here
/// everything that is missing is named before anything is changed, with the statement that mends it.
/// </summary>
sealed class RunnerRights(Session session, RunnerOptions options)
{
    static readonly string Query = Resource.Read("rights.sql"), StateQuery = Resource.Read("state_rights.sql");

    public Task RequireStateAsync(string command, bool changes, CancellationToken ct) =>
        RequireAsync(command, StateQuery, ct, options.StateSchema, changes);

    /// <summary>What the state schema takes to be made, or to be brought up to date.</summary>
    public Task RequireInitializationAsync(CancellationToken ct) => RequireAsync("init",
        """
        SELECT pg_catalog.format('it may not create the state schema: GRANT CREATE ON DATABASE %I TO %I', pg_catalog.current_database(), current_user)
        WHERE pg_catalog.to_regnamespace(pg_catalog.quote_ident($1)) IS NULL AND NOT pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')
        UNION ALL
        SELECT pg_catalog.format('schema %I belongs to role %I: GRANT %2$I TO %I, or let that role do the work (--role)', n.nspname, pg_catalog.pg_get_userbyid(n.nspowner), current_user)
        FROM pg_catalog.pg_namespace n
        WHERE n.nspname = $1 AND NOT pg_catalog.has_schema_privilege(n.oid, 'CREATE')
        """, ct, options.StateSchema);

    /// <summary>Others may see that there are replicas, but not how far behind each is.</summary>
    public Task RequireReplicasAsync(string command, CancellationToken ct) => options.MaxReplicaLag is null ? Task.CompletedTask : RequireAsync(command,
        """
        SELECT pg_catalog.format('it may not see how far replicas are behind, as --max-replica-lag needs: GRANT pg_read_all_stats TO %I', current_user)
        WHERE NOT pg_catalog.pg_has_role('pg_read_all_stats'::name, 'USAGE'::text)
        """, ct);

    /// <summary>What <c>start</c> takes, and <c>complete</c> after it.</summary>
    public Task RequireAsync(Plan plan, Schema before, Schema after, CancellationToken ct)
    {
        // A view that belongs to its table's owner must be ours to give away.
        var shown = plan.VersionSchema is null ? [] : after.Tables.Where(t => t.Owner is not null && VersionViews.ReadsAsOwner(t, new ServerFacts(session.Major))).Select(t => t.Physical);
        var made = plan.Start.Where(stage => stage.Kind != StageKind.Publish).SelectMany(stage => stage.Steps).Any(step => step is not RawStep);
        var owners = after.Tables.Where(t => t.Columns.Any(c => c.OwnSequence is not null && GeneratedNames.IsNew(c.Physical))).Select(t => t.Owner).OfType<string>();
        return RequireAsync("start", Query, ct,
            options.Schema, plan.TouchedTables.Concat(shown).Distinct().ToArray(), ReferencedTables(before, after).ToArray(), made || IsRenamed(after),
            plan.VersionSchema is not null || plan.PreviousVersionSchema is not null, Schemas(plan.PreviousVersionSchema), owners.Distinct().ToArray());
    }

    /// <summary>What is left to do when both versions are live; whoever does it may be another role than the one that started.</summary>
    public Task RequireAsync(string command, Plan plan, string? leaving, CancellationToken ct) =>
        RequireAsync(command, Query, ct, options.Schema, plan.TouchedTables.ToArray(), (string[])[], false, leaving is not null, Schemas(leaving), (string[])[]);

    async Task RequireAsync(string command, string query, CancellationToken ct, params object[] parameters)
    {
        var missing = await CanonicalOutput.QueryAsync(session, query, static row => row.GetString(0), ct, parameters);
        if (missing.Count == 0)
            return;
        var role = await session.ScalarAsync<string>("SELECT current_user::text", ct);
        throw new PgRollException(ExitReason.Usage,
            $"Role '{role}' lacks what {command} needs; nothing was changed.{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", missing)}");
    }

    static bool IsRenamed(Schema after) => after.Tables.Any(t => t.Physical != t.Name);

    IEnumerable<string> ReferencedTables(Schema before, Schema after) =>
        from table in after.Tables
        let known = before.Tables.FirstOrDefault(t => t.Physical == table.Physical)
        from key in table.Constraints.OfType<ForeignKey>()
        where known is null || known.Constraints.All(c => c.Physical != key.Physical)
        let target = key.ReferencedSchema is null ? after.Find(key.ReferencedTable) : null
        where target is not { IsNew: true }
        select SqlText.QualifiedName.Of(key.ReferencedSchema ?? options.Schema, target?.Physical ?? key.ReferencedTable).ToString();

    static string[] Schemas(string? schema) => schema is null ? [] : [schema];
}
