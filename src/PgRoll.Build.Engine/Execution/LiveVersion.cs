using PgRoll.Build.Engine.Catalog;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Plans;
using PgRoll.Build.Plans.Parts;

namespace PgRoll.Build.Engine.Execution;

/// <summary>Publishes a version of whatever the base schema holds now: what raw SQL made of it is known only afterwards.</summary>
sealed class LiveVersion(Session session, RunnerOptions options)
{
    public async Task PublishAsync(string versionSchema, CancellationToken ct)
    {
        await session.ExecuteAsync(SqlText.Sql.Of($"DROP SCHEMA IF EXISTS {new SqlText.Ident(versionSchema)} CASCADE").Text, ct);
        var schema = await new SchemaReader(session).ReadAsync(options.Schema, null, ct);
        var facts = new ServerFacts(session.Major);
        foreach (var step in VersionViews.Create(versionSchema, schema, static (_, _) => null, facts, []))
            await session.ExecuteAsync(step.Do.Text, ct);
    }
}
