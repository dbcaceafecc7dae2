using PgRoll.Build.Diagnostics;
using PgRoll.Build.Model;
using PgRoll.Build.Operations;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0404.</summary>
sealed class CheckNotRepaired() : LintRule(new("PGR0404", "constraint-not-repaired", Severity.Warning,
    "Check that existing rows may not pass",
    "`up` leaves {0} of '{1}' as it is: `start` fails on a row that does not pass '{2}', and until complete the old version's writes of one are refused.",
    "The new version's rows must satisfy the check, and `up` is what makes them of the old version's.",
    "Let `up` make values that pass, or repair the rows beforehand and suppress this with the reason."))
{
    public override void Check(LintContext context)
    {
        foreach (var alter in context.All<AlterColumn>())
            if (alter.Operation is { Check: { } check, Up: { } up } && up.IsSameColumn(alter.Operation.Column) && IsInUse(alter.Before, alter.Operation.Table))
                context.Add(Rule, alter.Place, "up", $"'{alter.Operation.Column}'", alter.Operation.Table, check.Name);
        foreach (var create in context.All<CreateConstraint>())
            if (create.Operation.Constraint is CheckConstraint check && create.Operation.LeavesValues && IsInUse(create.Before, create.Operation.Table))
                context.Add(Rule, create.Place, "up", string.Join(" and ", check.Columns.Select(column => $"'{column}'")), create.Operation.Table, check.Name);
    }

    static bool IsInUse(Schema schema, string table) => schema.Find(table) is { IsNew: false };
}
