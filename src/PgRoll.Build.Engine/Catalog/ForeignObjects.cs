using PgRoll.Build.Engine.Sessions;

namespace PgRoll.Build.Engine.Catalog;

/// <summary>
/// Finds what people put into a version schema, or built on its views. The schema goes with its version: what is not ours would go with
/// it, or keep it from going.
/// </summary>
sealed class ForeignObjects(Session session)
{
    static readonly string Query = Resource.Read("foreign_objects.sql");

    /// <summary>Stops a command that would end the version.</summary>
    public async Task RefuseAsync(string command, string? versionSchema, IReadOnlyList<string> views, CancellationToken ct)
    {
        if (versionSchema is null)
            return;
        var found = await CanonicalOutput.QueryAsync(session, Query, static row => row.GetString(0), ct, versionSchema, (object)views.ToArray());
        if (found.Count > 0)
            throw new PgRollException(ExitReason.NotNow,
                $"{command} would end version schema '{versionSchema}', but it is still used: {string.Join(", ", found)}. Drop these, or move them to the base schema's tables, and try again.");
    }
}
