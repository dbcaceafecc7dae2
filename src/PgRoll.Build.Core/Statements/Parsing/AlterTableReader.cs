using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Statements.Parsing;

/// <summary>Reads ALTER TABLE, and ALTER of what takes the same actions.</summary>
static class AlterTableReader
{
    static readonly (ObjectKind Kind, string[] Words)[] kinds =
    [
        (ObjectKind.Table, ["table"]), (ObjectKind.ForeignTable, ["foreign", "table"]), (ObjectKind.View, ["view"]),
        (ObjectKind.MaterializedView, ["materialized", "view"]), (ObjectKind.Index, ["index"]),
    ];

    /// <summary>Whether it begins here.</summary>
    public static bool Starts(TokenReader r) => r.Is("alter") && kinds.Any(kind => r.Is(["alter", .. kind.Words]));

    /// <summary>The statement from its first word on.</summary>
    public static Statement Read(TokenReader r)
    {
        r.Expect("alter");
        var kind = kinds.First(k => r.Skip(k.Words)).Kind;
        if (r.Is("all", "in", "tablespace"))
        {
            r.SkipRest();
            return new AlterObject(r.Source, kind, null, new(r.Source.Start, r.Source.Length));
        }
        var ifExists = r.Skip("if", "exists");
        var only = r.Skip("only");
        var target = r.ObjectName();
        r.SkipSymbol("*");
        var actions = r.List(() => Action(r));
        return new AlterTable(r.Source, kind, target, [.. actions.OfType<TableAction>()]) { IfExists = ifExists, Only = only };
    }

    static TableAction? Action(TokenReader r)
    {
        var from = r.Position;
        var action = Verb(r);
        if (action is null)
            r.Fail("an action of ALTER TABLE", isPerhapsKnown: true);
        return action is null ? null : action with { Span = r.Since(from) };
    }

    static TableAction? Verb(TokenReader r)
    {
        if (r.Skip("add"))
            return Add(r);
        if (r.Skip("drop"))
            return Drop(r);
        if (r.Skip("rename"))
            return Rename(r);
        if (r.Skip("validate", "constraint"))
            return new ValidateConstraintAction(default, r.Name());
        if (r.Skip("alter", "constraint"))
        {
            var constraint = r.Name();
            r.SkipRestOfAction();
            return new AlterConstraintAction(default, constraint);
        }
        if (r.Skip("alter"))
            return AlterColumn(r);
        if (r.Skip("attach", "partition"))
        {
            var partition = r.ObjectName();
            r.SkipRestOfAction();
            return new AttachPartitionAction(default, partition);
        }
        if (r.Skip("detach", "partition"))
        {
            var partition = r.ObjectName();
            var concurrently = r.Skip("concurrently");
            r.Skip("finalize");
            return new DetachPartitionAction(default, partition) { Concurrently = concurrently };
        }
        if (r.Skip("inherit"))
            return new InheritAction(default, r.ObjectName(), true);
        if (r.Skip("no", "inherit"))
            return new InheritAction(default, r.ObjectName(), false);
        if (r.Skip("set", "schema"))
            return new SetSchemaAction(default, r.Name());
        return Setting(r);
    }

    static TableAction? Add(TokenReader r)
    {
        if (ConstraintReader.StartsTableConstraint(r))
            return ConstraintReader.ReadForTable(r) is { } constraint ? new AddConstraintAction(default, constraint) : null;
        r.Skip("column");
        var ifNotExists = r.Skip("if", "not", "exists");
        List<ConstraintDefinition> constraints = [];
        var column = ColumnReader.Read(r, constraints);
        return new AddColumnAction(default, column, constraints) { IfNotExists = ifNotExists };
    }

    static TableAction Drop(TokenReader r)
    {
        if (r.Skip("constraint"))
        {
            var ifExists = r.Skip("if", "exists");
            return new DropConstraintAction(default, r.Name()) { IfExists = ifExists, Cascade = Cascades(r) };
        }
        r.Skip("column");
        var missing = r.Skip("if", "exists");
        return new DropColumnAction(default, r.Name()) { IfExists = missing, Cascade = Cascades(r) };
    }

    static bool Cascades(TokenReader r) => r.SkipOneOf("cascade", "restrict") == "cascade";

    static TableAction Rename(TokenReader r)
    {
        if (r.Skip("to"))
            return new RenameAction(default, r.Name());
        var isConstraint = r.Skip("constraint");
        if (!isConstraint)
            r.Skip("column");
        var from = r.Name();
        r.Expect("to");
        return isConstraint ? new RenameConstraintAction(default, from, r.Name()) : new RenameColumnAction(default, from, r.Name());
    }

    static TableAction? AlterColumn(TokenReader r)
    {
        r.Skip("column");
        // The columns of an index go by number.
        if (r.Current.Kind is TokenKind.Number)
        {
            r.SkipRestOfAction();
            return new SettingAction(default, TableSetting.Statistics);
        }
        var column = r.Name();
        if (r.Skip("set", "data", "type") || r.Skip("type"))
            return ChangeType(r, column);
        if (r.Skip("set", "default"))
            return new ChangeDefaultAction(default, column, r.ExpressionUntil(static _ => false));
        if (r.Skip("drop", "default"))
            return new ChangeDefaultAction(default, column, null);
        if (r.Skip("set", "not", "null"))
            return new ChangeNullabilityAction(default, column, false);
        if (r.Skip("drop", "not", "null"))
            return new ChangeNullabilityAction(default, column, true);
        if (r.Skip("add", "generated"))
        {
            var always = r.Skip("always");
            if (!always)
                r.Expect("by", "default");
            r.Expect("as", "identity");
            return new ChangeGenerationAction(default, column, GenerationChange.AddIdentity) { Identity = new Identity(always, r.IsSymbol("(") ? r.ClauseInParentheses() : null) };
        }
        var change = r.Skip("drop", "identity") ? GenerationChange.DropIdentity
            : r.Skip("drop", "expression") ? GenerationChange.DropExpression
            : r.Skip("set", "expression") ? GenerationChange.SetExpression
            : r.Is("set", "generated") || r.Is("set", "increment") || r.Is("set", "start") || r.Is("set", "minvalue") || r.Is("set", "maxvalue") || r.Is("set", "no")
                || r.Is("set", "cache") || r.Is("set", "cycle") || r.Is("restart") ? GenerationChange.SetIdentity
            : (GenerationChange?)null;
        if (change is { } generation)
        {
            r.SkipRestOfAction();
            return new ChangeGenerationAction(default, column, generation);
        }
        var setting = r.Is("set", "storage") || r.Is("set", "compression") ? TableSetting.Storage
            : r.Is("set", "statistics") || r.Is("set") && r.At(1).IsSymbol("(") || r.Is("reset") ? TableSetting.Statistics
            : r.Is("options") ? TableSetting.Options
            : (TableSetting?)null;
        if (setting is not { } known)
            return null;
        r.SkipRestOfAction();
        return new SettingAction(default, known);
    }

    static ChangeTypeAction? ChangeType(TokenReader r, Name column)
    {
        if (r.Type() is not { } type)
            return null;
        var collation = r.Skip("collate") ? ColumnReader.Collation(r) : null;
        return new(default, column, type) { Collation = collation, Using = r.Skip("using") ? r.ExpressionUntil(static _ => false) : null };
    }

    static SettingAction? Setting(TokenReader r)
    {
        var isSwitch = r.Is("enable") || r.Is("disable");
        bool Switches(string what) => isSwitch && (r.At(1).IsWord(what) || r.At(1).Value is "always" or "replica" && r.At(2).IsWord(what));
        TableSetting? setting =
            Switches("trigger") ? TableSetting.Trigger
            : Switches("rule") ? TableSetting.Rule
            : Switches("row") || r.Is("force", "row") || r.Is("no", "force", "row") ? TableSetting.RowSecurity
            : r.Is("replica", "identity") ? TableSetting.ReplicaIdentity
            : r.Is("cluster", "on") || r.Is("set", "without", "cluster") ? TableSetting.Cluster
            : r.Is("set", "logged") || r.Is("set", "unlogged") ? TableSetting.Logged
            : r.Is("set", "tablespace") ? TableSetting.Tablespace
            : r.Is("set", "access", "method") ? TableSetting.AccessMethod
            : r.Is("set", "without", "oids") ? TableSetting.Parameters
            : r.Is("set") && r.At(1).IsSymbol("(") || r.Is("reset") && r.At(1).IsSymbol("(") ? TableSetting.Parameters
            : r.Is("owner", "to") ? TableSetting.Owner
            : r.Is("of") || r.Is("not", "of") ? TableSetting.OfType
            : r.Is("options") ? TableSetting.Options
            : r.Is("depends", "on", "extension") || r.Is("no", "depends", "on", "extension") ? TableSetting.Dependency
            : null;
        if (setting is not { } known)
            return null;
        r.SkipRestOfAction();
        return new(default, known);
    }

    /// <summary>Up to the comma before the next action.</summary>
    static void SkipRestOfAction(this TokenReader r)
    {
        while (!r.IsAtEnd && !r.IsSymbol(","))
            r.SkipOne();
    }
}
