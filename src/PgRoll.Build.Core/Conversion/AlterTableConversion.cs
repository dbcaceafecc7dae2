using PgRoll.Build.SqlText;
using PgRoll.Build.Statements;

namespace PgRoll.Build.Conversion;

/// <summary>ALTER TABLE with one action.</summary>
static class AlterTableConversion
{
    public static Converted Convert(ConversionContext context, AlterTable alter, string text, string? fill)
    {
        var table = alter.Target.Name;
        if (!context.IsOurs(alter.Target))
            return Converted.Sql($"{alter.Target} is not in schema {context.Schema.Name}");
        if (alter.Kind is not ObjectKind.Table || context.Schema.FindIndexOwner(table) is not null)
            return Converted.Sql(alter.Single is RenameAction ? $"no operation renames {Article(alter.Kind)}" : $"no operation changes {Article(alter.Kind)}");
        if (alter.IfExists && context.Schema.Find(table) is null)
            return Converted.Sql($"whether {table} exists is not known here");
        return alter.Actions[0] switch
        {
            AddColumnAction add => AddColumnConversion.Convert(context, table, add),
            DropColumnAction drop => DropColumn(context, table, drop),
            ChangeTypeAction change => AlterColumnConversion.Type(context, table, change),
            ChangeDefaultAction change => Converted.To(AlterColumnConversion.Of(table, change.Column, ("default", change.Default is null || ColumnConversion.IsNull(change.Default) ? Nodes.Null : Nodes.Text(change.Default.Value.Text)))),
            ChangeNullabilityAction change => AlterColumnConversion.Nullability(context, table, change, fill),
            AddConstraintAction add => ConstraintConversion.Add(context, table, add.Constraint),
            DropConstraintAction drop => DropConstraint(context, table, drop),
            ValidateConstraintAction validate when context.Schema.Find(table)?.FindConstraint(validate.Constraint.Text) is { IsValid: true } =>
                Converted.Nothing($"left out: VALIDATE CONSTRAINT {validate.Constraint}, which is valid already"),
            RenameAction rename => Converted.To(OperationNode.Of("rename_table", ("from", Nodes.Text(table)), ("to", Nodes.Text(rename.To.Text)))),
            RenameColumnAction rename => Rename("rename_column", table, rename.Column, rename.To),
            RenameConstraintAction rename => Rename("rename_constraint", table, rename.Constraint, rename.To),
            SettingAction { Setting: TableSetting.ReplicaIdentity } => ReplicaIdentity(table, text),
            var other => Converted.Sql(Reason(other)),
        };
    }

    static string Article(ObjectKind kind) => kind switch
    {
        ObjectKind.View => "a view",
        ObjectKind.MaterializedView => "a materialized view",
        ObjectKind.ForeignTable => "a foreign table",
        _ => "an index",
    };

    static Converted Rename(string operation, string table, Name from, Name to) =>
        Converted.To(OperationNode.Of(operation, ("table", Nodes.Text(table)), ("from", Nodes.Text(from.Text)), ("to", Nodes.Text(to.Text))));

    static Converted DropColumn(ConversionContext context, string table, DropColumnAction drop)
    {
        var column = context.Find(table, drop.Column.Text);
        if (column is null && drop.IfExists)
            return context.Schema.Find(table) is null ? Converted.Sql($"whether {table}.{drop.Column} exists is not known here") : Converted.Nothing($"left out: DROP COLUMN IF EXISTS {drop.Column}, which {table} has not");
        var isSafe = column is not null and not { IsNullable: false, Default: null, Identity: null, GeneratedAs: null };
        return Converted.To(OperationNode.Of("drop_column",
            ("table", Nodes.Text(table)), ("column", Nodes.Text(drop.Column.Text)),
            ("down", isSafe ? null : Nodes.Text(Placeholder.For($"what the old version reads in '{drop.Column}' of rows that the new version writes{(column is null ? ", unless it may be NULL" : "")}"))))) with
        {
            Remark = drop.Cascade ? $"DROP COLUMN {drop.Column} CASCADE: what depends on the column must go first; `start` names it" : null,
        };
    }

    static Converted DropConstraint(ConversionContext context, string table, DropConstraintAction drop)
    {
        var name = drop.Constraint.Text;
        var constraint = context.Schema.Find(table)?.FindConstraint(name);
        if (constraint is null && drop.IfExists)
            return context.Schema.Find(table) is null ? Converted.Sql($"whether constraint {name} exists is not known here") : Converted.Nothing($"left out: DROP CONSTRAINT IF EXISTS {name}, which {table} has not");
        if (constraint is { Columns.Count: 0 })
            return Converted.Sql("which columns the constraint is about is not known");
        var what = Placeholder.For($"what the old version, which keeps {name}, reads of what the new version writes without it");
        var remark = drop.Cascade ? $"DROP CONSTRAINT {name} CASCADE: what depends on the constraint must go first; `start` names it" : null;
        if (constraint is null or { Columns.Count: 1 })
            return Converted.To(OperationNode.Of("drop_constraint", ("table", Nodes.Text(table)), ("name", Nodes.Text(name)),
                ("down", Nodes.Text(constraint is not null && context.IsNew(table) ? Placeholder.Itself(constraint.Columns[0]) : what)))) with { Remark = remark };
        return Converted.To(OperationNode.Of("drop_multicolumn_constraint", ("table", Nodes.Text(table)), ("name", Nodes.Text(name)),
            ("down", ConstraintConversion.Map(constraint.Columns, c => context.IsNew(table) ? Placeholder.Itself(c) : what)))) with { Remark = remark };
    }

    static Converted ReplicaIdentity(string table, string text)
    {
        IReadOnlyList<Token> tokens = [.. SqlLexer.Significant(text).SkipWhile(t => !t.IsWord("identity")).Skip(1)];
        var kind = tokens.Count > 0 ? tokens[0].Value! : "";
        return Converted.To(OperationNode.Of("set_replica_identity", ("table", Nodes.Text(table)), ("identity", Nodes.Map(
            ("type", Nodes.Text(kind == "using" ? "index" : kind)), ("index", kind == "using" ? Nodes.Text(tokens[tokens.Count - 1].Value!) : null)))));
    }

    static string Reason(TableAction action) => action switch
    {
        ChangeGenerationAction => "no operation changes how a column is generated",
        ValidateConstraintAction => "no operation validates a constraint",
        AlterConstraintAction => "no operation alters a constraint",
        SetSchemaAction => "no operation moves a table to another schema",
        AttachPartitionAction or DetachPartitionAction => "no operation attaches or detaches partitions",
        InheritAction => "no operation changes inheritance",
        SettingAction { Setting: TableSetting.Owner } => "no operation changes an owner",
        SettingAction { Setting: TableSetting.RowSecurity } => "no operation is about row level security",
        SettingAction { Setting: TableSetting.Trigger or TableSetting.Rule } => "no operation enables or disables triggers",
        _ => "no operation changes this setting",
    };
}
