using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.State;

/// <summary>The script that makes the state schema.</summary>
static class StateSchema
{
    /// <summary>What the script leaves as the comment of its table <c>rollouts</c>; changes whenever the script does.</summary>
    public const string Version = "PgRoll.Build 2";

    /// <summary>The embedded script, for a schema of the given name.</summary>
    public static string Script(Ident schema) => Resource.Read("state.sql").Replace("placeholder_schema", schema.ToString(), StringComparison.Ordinal);
}
