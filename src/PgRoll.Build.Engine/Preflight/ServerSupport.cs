using PgRoll.Build.Model;
using PgRoll.Build.Plans;

namespace PgRoll.Build.Engine.Preflight;

/// <summary>What migrations ask for that came with a later server.</summary>
static class ServerSupport
{
    /// <summary>Stops a start; what the server does not know, no table of it has yet.</summary>
    public static void Require(string what, ServerFacts facts, Schema after)
    {
        if (facts.HasPartialNulls)
            return;
        List<string> found =
        [
            .. from table in after.Tables
               from constraint in table.Constraints
               let key = Newer(constraint)
               where key is not null
               select $"'{key}' of '{constraint.Name}' on '{table.Name}'",
        ];
        if (found.Count > 0)
            throw new PgRollException(ExitReason.NotNow,
                $"{what}; nothing was changed. The server is PostgreSQL {facts.Major}, and 15 is the first to know {string.Join(", ", found)}. Leave it out, or upgrade the server.");
    }

    static string? Newer(Constraint constraint) => constraint switch
    {
        UniqueConstraint { NullsNotDistinct: true } => "nulls_not_distinct",
        ForeignKey { OnDeleteSetColumns.Count: > 0 } => "on_delete_set_columns",
        _ => null,
    };
}
