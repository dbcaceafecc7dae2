using PgRoll.Build.Statements;

namespace PgRoll.Build.Conversion;

/// <summary>
/// Brings the statements of a part into the form that operations have: one action of ALTER TABLE each; what is said later about a new table
/// with the table; and what concerns nobody but roles at the end. Raw SQL between operations would make several migrations of one.
/// </summary>
static class Arrangement
{
    /// <summary>The statements in their new form.</summary>
    public static IReadOnlyList<ScriptStatement> Of(IReadOnlyList<ScriptStatement> statements, string baseSchema, List<Remark> remarks)
    {
        IReadOnlyList<ScriptStatement> all = [.. statements.Select((s, i) => s with { Number = i }).SelectMany(Actions)];
        all = SerialColumns.Recognise(all, baseSchema, remarks);
        all = FilledColumns.Recognise(all, baseSchema);
        all = new TableAssembly(baseSchema).Assemble(all);
        return Postpone(IndexesBeforeRows(all, baseSchema));
    }

    /// <summary>An index of a new table is the same whether it is made before its rows or behind them, where EF Core puts it.</summary>
    static List<ScriptStatement> IndexesBeforeRows(IReadOnlyList<ScriptStatement> statements, string baseSchema)
    {
        List<ScriptStatement> all = [];
        foreach (var statement in statements)
        {
            var at = all.Count;
            if (statement.Value is CreateIndex index && all.Exists(s => s.Value is CreateTable made && IsSame(made.Table, index.Table, baseSchema)))
                while (at > 0 && all[at - 1].Value is ChangeRows { Kind: RowChange.Insert or RowChange.Update or RowChange.Delete })
                    at--;
            all.Insert(at, statement);
        }
        return all;
    }

    /// <summary>Whether two names mean the same object.</summary>
    public static bool IsSame(ObjectName a, ObjectName b, string baseSchema) => a.Name == b.Name && (a.Schema ?? baseSchema) == (b.Schema ?? baseSchema);

    static IEnumerable<ScriptStatement> Actions(ScriptStatement statement)
    {
        if (statement.Value is not AlterTable { Actions.Count: > 1 } alter)
            return [statement];
        var head = statement.Text.Substring(0, alter.Actions[0].Span.Start - alter.Source.Start);
        return alter.Actions.Select((action, i) => statement with
        {
            Notes = i == 0 ? statement.Notes : [],
            Value = alter with { Actions = [action] },
            Text = $"{head}{statement.Text.Substring(action.Span.Start - alter.Source.Start, action.Span.Length)}",
        });
    }

    /// <summary>Who owns and who may use what can as well be said last, unless something is gone or done by another role by then.</summary>
    static List<ScriptStatement> Postpone(List<ScriptStatement> statements)
    {
        if (statements.Exists(s => s.Value is DropObjects or AlterTable { Single: RenameAction or SetSchemaAction } or AlterObject { RenamedTo: not null } or CodeStatement or UnknownStatement
            or SetStatement { Setting: "role" or "session authorization" }))
            return statements;
        return [.. statements.Where(s => !IsAboutRoles(s)), .. statements.Where(IsAboutRoles)];
    }

    static bool IsAboutRoles(ScriptStatement statement) => statement.Value switch
    {
        PrivilegeStatement privilege => privilege.Source.Tokens[0] is { Value: "grant" or "revoke" },
        AlterTable { Single: SettingAction { Setting: TableSetting.Owner } } => true,
        AlterObject alter => alter.Source.Tokens.Any(t => t.IsWord("owner")) && alter.Source.Tokens.Any(t => t.IsWord("to")),
        _ => false,
    };
}
