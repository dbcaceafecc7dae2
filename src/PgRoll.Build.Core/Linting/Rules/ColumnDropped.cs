using PgRoll.Build.Diagnostics;
using PgRoll.Build.Operations;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0402.</summary>
sealed class ColumnDropped() : LintRule(new("PGR0402", "drop-column", Severity.Warning,
    "Column dropped",
    "The values of '{0}.{1}' are gone for good when the rollout is completed.",
    "Until then `rollback` keeps them; afterwards only a backup has them.",
    "Make sure that nobody needs them, or keep a copy; then suppress this with the reason."))
{
    public override void Check(LintContext context)
    {
        foreach (var drop in context.All<DropColumn>())
            if (drop.Place.MayHoldRows(drop.Operation.Table))
                context.Add(Rule, drop.Place, "column", drop.Operation.Table, drop.Operation.Column);
    }
}
