using PgRoll.Build.Diagnostics;
using PgRoll.Build.Model;
using PgRoll.Build.Statements;
using PgRoll.Build.Statements.Effects;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0710.</summary>
sealed class ValidatingConstraint() : LintRule(new("PGR0710", "sql-validating-constraint", Severity.Warning,
    "Constraint checked against all rows under a lock",
    "{0} on '{1}' {2}.",
    "As long as all rows are looked through, clients wait. Not told of NOT VALID, of USING INDEX, of VALIDATE in a later migration, of SET NOT NULL where a valid CHECK proves it, and of tables that the migration makes.",
    "Use `create_constraint`, or `alter_column` for NOT NULL: they add it NOT VALID and validate it beside clients. In SQL: NOT VALID first, VALIDATE CONSTRAINT in a migration of its own; for keys CREATE UNIQUE INDEX CONCURRENTLY, then USING INDEX."))
{
    const string Scans = "looks through all rows and keeps readers and writers out meanwhile";
    const string ScansBoth = "looks through all rows and keeps writers out of both tables meanwhile";
    const string Builds = "builds an index and keeps readers and writers out meanwhile";

    public override void Check(LintContext context)
    {
        if (context.IsBaseline)
            return;
        foreach (var (alter, place) in context.Runs<AlterTable>())
            if (alter.Kind is ObjectKind.Table && context.IsInUse(alter.Target, place))
                foreach (var action in alter.Actions)
                    if (Find(context, alter, action, place) is var (what, effect))
                        context.Add(Rule, place, action.Span, what, alter.Target, effect);
        foreach (var (alter, place) in context.Runs<AlterObject>())
            if (alter is { Validates: true, Target: { } domain } && !alter.Source.Tokens.Any(token => token.IsWord("validate")) && context.IsInUse(domain, place))
                context.Add(Rule, place, place.Span, "A constraint", domain, "looks through every table with a column of this domain, whose writers wait meanwhile");
    }

    static (string What, string Effect)? Find(LintContext context, AlterTable alter, TableAction action, LintedStatement place) => action switch
    {
        AddConstraintAction { Constraint: not KeyDefinition { UsingIndex: not null } } add when context.WorkOf(alter, add, place) is not TableWork.None => Words(add.Constraint),
        AddColumnAction add when context.WorkOf(alter, add, place) is not TableWork.Rewrite => Find(add),
        ChangeNullabilityAction change when context.WorkOf(alter, change, place) is TableWork.Scan => ($"SET NOT NULL of '{change.Column}'", Scans),
        ValidateConstraintAction validate when IsAddedBefore(context, alter, validate, place) =>
            ($"VALIDATE CONSTRAINT '{validate.Constraint}'", "is in the transaction that added it, and keeps clients waiting like a constraint added at once"),
        AttachPartitionAction attach when context.IsInUse(attach.Partition, place) && !MayProveBounds(context.Find(attach.Partition, place)) =>
            ($"ATTACH PARTITION '{attach.Partition}'", "looks through all rows of the partition, which nobody reads or writes meanwhile"),
        _ => null,
    };

    static bool MayProveBounds(Table? partition) => partition?.Constraints.Any(constraint => constraint is CheckConstraint { IsValid: true }) is true;

    static (string What, string Effect) Words(ConstraintDefinition constraint) => constraint switch
    {
        CheckDefinition => ($"CHECK{Named(constraint)}", Scans),
        ForeignKeyDefinition key => ($"FOREIGN KEY{Named(constraint)} to '{key.Referenced}'", ScansBoth),
        KeyDefinition key => ($"{(key.IsPrimaryKey ? "PRIMARY KEY" : "UNIQUE")}{Named(constraint)}", Builds),
        NotNullDefinition notNull => ($"NOT NULL of '{notNull.On}'", Scans),
        _ => ($"EXCLUDE{Named(constraint)}", Builds),
    };

    /// <summary>Rows that are there have no value in a new column, or all the same: foreign keys and NOT NULL know that.</summary>
    static (string What, string Effect)? Find(AddColumnAction add)
    {
        var hasDefault = add.Column.Default is { } value && !value.Value.Text.Equals("null", StringComparison.OrdinalIgnoreCase);
        foreach (var constraint in add.Constraints)
            if (constraint.IsEnforced && (constraint is NotNullDefinition ? !hasDefault : constraint is not ForeignKeyDefinition || hasDefault))
                return constraint is NotNullDefinition
                    ? ($"ADD COLUMN '{add.Column.Name}' NOT NULL without a default", "is refused as soon as there are rows, and so are the old version's new ones")
                    : Words(constraint);
        return null;
    }

    static bool IsAddedBefore(LintContext context, AlterTable alter, ValidateConstraintAction validate, LintedStatement place) =>
        context.Runs<AlterTable>().Any(other =>
            other.Place.Path == place.Path && other.Place.Order <= place.Order && other.Statement.Target.Name == alter.Target.Name
            && other.Statement.Actions.OfType<AddConstraintAction>().Any(add => add.Constraint.Name?.Text == validate.Constraint.Text));

    static string Named(ConstraintDefinition constraint) => constraint.Name is { } name ? $" '{name}'" : "";
}
