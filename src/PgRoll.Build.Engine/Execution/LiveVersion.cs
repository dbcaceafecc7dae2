using PgRoll.Build.Engine.Catalog;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Model;
using PgRoll.Build.Plans;
using PgRoll.Build.Plans.Parts;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Execution;

/// <summary>
/// Publishes a version of whatever the base schema holds now: what raw SQL made of it is known only afterwards. Of a version that is
/// there already, only views that no longer show their tables' columns are made anew; the others keep what was granted on them since.
/// </summary>
sealed class LiveVersion(Session session, RunnerOptions options)
{
    const string Views =
        """
        SELECT v.relname, pg_catalog.array_agg(a.attname::text)
        FROM pg_catalog.pg_class v
        JOIN pg_catalog.pg_attribute a ON a.attrelid = v.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE v.relkind = 'v' AND v.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1)
        GROUP BY v.relname
        """;

    /// <summary>Publishes a version that is not there yet.</summary>
    /// <exception cref="PgRollException">Somebody has a schema of that name.</exception>
    public async Task PublishNewAsync(string versionSchema, bool exposesXmin, CancellationToken ct)
    {
        if (await session.HasSchemaAsync(versionSchema, ct))
            throw new PgRollException(ExitReason.NotNow, $"A schema '{versionSchema}' exists already, and the new version's would have that name. Choose another name.");
        await PublishAsync(versionSchema, exposesXmin, ct);
    }

    public async Task PublishAsync(string versionSchema, bool exposesXmin, CancellationToken ct)
    {
        var schema = await new SchemaReader(session).ReadAsync(options.Schema, versionSchema, ct);
        foreach (var sql in await session.HasSchemaAsync(versionSchema, ct) ? Update(versionSchema, schema, await ViewsAsync(versionSchema, ct), exposesXmin) : Do(VersionViews.Create(versionSchema, schema, NoDefault, Facts, exposesXmin, [])))
            await session.ExecuteAsync(sql.Text, ct);
    }

    IEnumerable<Sql> Update(string versionSchema, Schema schema, IReadOnlyDictionary<string, HashSet<string>> views, bool exposesXmin)
    {
        foreach (var view in views.Keys.Where(view => schema.Find(view) is null))
            yield return Sql.Of($"DROP VIEW {QualifiedName.Of(versionSchema, view)}");
        IReadOnlyList<Table> changed = [.. schema.Tables.Where(t => !views.TryGetValue(t.Name, out var columns) || !columns.SetEquals(t.Columns.Select(c => c.Name).Concat(exposesXmin ? [VersionViews.Xmin] : [])))];
        foreach (var table in changed)
        {
            yield return Sql.Of($"DROP VIEW IF EXISTS {QualifiedName.Of(versionSchema, table.Name)}");
            foreach (var sql in Do(VersionViews.View(versionSchema, schema, table, NoDefault, Facts, exposesXmin)))
                yield return sql;
        }
        foreach (var sql in Do(VersionViews.Belong(versionSchema, changed, Facts)))
            yield return sql;
    }

    async Task<IReadOnlyDictionary<string, HashSet<string>>> ViewsAsync(string versionSchema, CancellationToken ct)
    {
        var views = await session.QueryAsync(Views, static row => (Name: row.GetString(0), Columns: row.GetFieldValue<string[]>(1)), ct, versionSchema);
        return views.ToDictionary(view => view.Name, view => view.Columns.ToHashSet());
    }

    static IEnumerable<Sql> Do(IEnumerable<SqlStep> steps) => steps.Select(step => step.Do);

    /// <summary>By now every default is its table's.</summary>
    static SqlExpression? NoDefault(Table table, Column column) => null;

    ServerFacts Facts => new(session.Major);
}
