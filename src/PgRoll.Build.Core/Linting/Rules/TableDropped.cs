using PgRoll.Build.Diagnostics;
using PgRoll.Build.Operations;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0401.</summary>
sealed class TableDropped() : LintRule(new("PGR0401", "drop-table", Severity.Warning,
    "Table dropped",
    "The rows of '{0}' are gone for good when the rollout is completed.",
    "Until then `rollback` keeps them; afterwards only a backup has them.",
    "Make sure that nobody needs them, or keep a copy; then suppress this with the reason."))
{
    public override void Check(LintContext context)
    {
        foreach (var drop in context.All<DropTable>())
            if (drop.Place.MayHoldRows(drop.Operation.Table))
                context.Add(Rule, drop.Place, "name", drop.Operation.Table);
    }
}
