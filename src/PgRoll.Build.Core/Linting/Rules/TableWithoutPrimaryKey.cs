using PgRoll.Build.Diagnostics;
using PgRoll.Build.Operations;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0602.</summary>
sealed class TableWithoutPrimaryKey() : LintRule(new("PGR0602", "table-without-primary-key", Severity.Warning,
    "Table without primary key",
    "'{0}' has no primary key.",
    "Nothing tells two equal rows apart, and logical replication cannot follow its updates and deletes.",
    "Give it one: `pk: true` of a column, or a constraint of the type `primary_key`."))
{
    public override void Check(LintContext context)
    {
        foreach (var create in context.All<CreateTable>())
            if (create.After.Find(create.Operation.Table) is { PrimaryKey: null } && context.Outlook.IsCertain
                && context.Outlook.Find(create.Operation.Table) is { PrimaryKey: null })
                context.Add(Rule, create.Place, "name", create.Operation.Table);
    }
}
