using PgRoll.Build.Diagnostics;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;
using PgRoll.Build.Statements;
using PgRoll.Build.Statements.Replay;

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
        AddConstraintAction add => Find(add.Constraint),
        AddColumnAction add when SqlRewrite.Reason(add) is null => Find(add),
        ChangeNullabilityAction { IsNullable: false } change when !IsProven(context, alter, change, place) => ($"SET NOT NULL of '{change.Column}'", Scans),
        ValidateConstraintAction validate when IsAddedBefore(context, alter, validate, place) =>
            ($"VALIDATE CONSTRAINT '{validate.Constraint}'", "is in the transaction that added it, and keeps clients waiting like a constraint added at once"),
        AttachPartitionAction attach when context.IsInUse(attach.Partition, place) && !MayProveBounds(context.Find(attach.Partition, place)) =>
            ($"ATTACH PARTITION '{attach.Partition}'", "looks through all rows of the partition, which nobody reads or writes meanwhile"),
        _ => null,
    };

    static bool MayProveBounds(Table? partition) => partition?.Constraints.Any(constraint => constraint is CheckConstraint { IsValid: true }) is true;

    static (string What, string Effect)? Find(ConstraintDefinition constraint) => constraint switch
    {
        { IsNotValid: true } or { IsEnforced: false } or KeyDefinition { UsingIndex: not null } => null,
        CheckDefinition => ($"CHECK{Named(constraint)}", Scans),
        ForeignKeyDefinition key => ($"FOREIGN KEY{Named(constraint)} to '{key.Referenced}'", ScansBoth),
        KeyDefinition key => ($"{(key.IsPrimaryKey ? "PRIMARY KEY" : "UNIQUE")}{Named(constraint)}", Builds),
        ExclusionDefinition => ($"EXCLUDE{Named(constraint)}", Builds),
        NotNullDefinition notNull => ($"NOT NULL of '{notNull.On}'", Scans),
        _ => null,
    };

    /// <summary>Rows that are there have no value in a new column, or all the same: foreign keys and NOT NULL know that.</summary>
    static (string What, string Effect)? Find(AddColumnAction add)
    {
        var hasDefault = add.Column.Default is { } value && !value.Value.Text.Equals("null", StringComparison.OrdinalIgnoreCase);
        foreach (var constraint in add.Constraints)
            if (constraint is NotNullDefinition ? !hasDefault : constraint is not ForeignKeyDefinition || hasDefault)
                return constraint is NotNullDefinition
                    ? ($"ADD COLUMN '{add.Column.Name}' NOT NULL without a default", "is refused as soon as there are rows, and so are the old version's new ones")
                    : Find(constraint);
        return null;
    }

    static bool IsProven(LintContext context, AlterTable alter, ChangeNullabilityAction change, LintedStatement place)
    {
        if (place.SchemaOf(alter.Target) != context.Before.Name)
            return false;
        var column = change.Column.Text;
        var (schema, _) = SchemaReplay.Apply(context.Before.Settled(), from s in context.Statements where !s.IsDown && s.Order < place.Order select s.Statement);
        return schema.Find(alter.Target.Name) is { } table
            && (table.Find(column) is { IsNullable: false } || table.Constraints.OfType<CheckConstraint>().Any(check => check.IsValid && Proves(check, column)));
    }

    static bool Proves(CheckConstraint check, string column)
    {
        var tokens = SqlLexer.Significant(check.Expression.Text).Where(token => !token.IsSymbol("(") && !token.IsSymbol(")")).ToList();
        return tokens.Count == 4 && tokens[0].IsName && tokens[0].Value == column && tokens[1].IsWord("is") && tokens[2].IsWord("not") && tokens[3].IsWord("null");
    }

    static bool IsAddedBefore(LintContext context, AlterTable alter, ValidateConstraintAction validate, LintedStatement place) =>
        context.Runs<AlterTable>().Any(other =>
            other.Place.Path == place.Path && other.Place.Order <= place.Order && other.Statement.Target.Name == alter.Target.Name
            && other.Statement.Actions.OfType<AddConstraintAction>().Any(add => add.Constraint.Name?.Text == validate.Constraint.Text));

    static string Named(ConstraintDefinition constraint) => constraint.Name is { } name ? $" '{name}'" : "";
}
