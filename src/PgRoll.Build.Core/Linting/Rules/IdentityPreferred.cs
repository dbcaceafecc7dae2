using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0902.</summary>
sealed class IdentityPreferred() : LintRule(new("PGR0902", "prefer-identity", Severity.Info,
    "Serial column",
    "'{0}.{1}' is {2}: its sequence has rights of its own, and its default can be changed or forgotten.",
    "Whoever may insert into the table may still not draw from the sequence, and a copy of the table draws from the same one.",
    "Make it an identity column: `type: bigint`, `generated: { identity: { user_specified_values: BY DEFAULT } }`."))
{
    public override void Check(LintContext context)
    {
        foreach (var column in context.Columns)
            if (column.Type.SerialOf is not null)
                context.Add(Rule, column.Place, column.TypeField, column.Table, column.Name, column.Type);
    }
}
