using PgRoll.Build.Model;
using PgRoll.Build.SqlText;
using PgRoll.Build.Statements;
using PgRoll.Build.Statements.Replay;

namespace PgRoll.Build.Conversion;

/// <summary>
/// Puts into CREATE TABLE what later statements say of the same table: dumps and object mappers add keys last. Only where nothing in
/// between could make a difference: rows, or functions and types that the table's own statement would not find yet.
/// </summary>
sealed class TableAssembly(string baseSchema)
{
    readonly List<ScriptStatement> all = [];

    /// <summary>The tables that may still take something up, with the places of their statements.</summary>
    readonly Dictionary<string, int> open = [];

    /// <summary>All tables made so far.</summary>
    readonly Dictionary<string, int> made = [];

    /// <summary>The place behind the last function, type or sequence that was made.</summary>
    int lastObject = -1;

    public IReadOnlyList<ScriptStatement> Assemble(IReadOnlyList<ScriptStatement> statements)
    {
        foreach (var statement in statements)
            if (!IsTaken(statement, statements))
                all.Add(statement);
        return all;
    }

    bool IsTaken(ScriptStatement statement, IReadOnlyList<ScriptStatement> statements)
    {
        switch (statement.Value)
        {
            case CreateTable { IfNotExists: false } create when IsOurs(create.Table):
                open[create.Table.Name] = made[create.Table.Name] = all.Count;
                return false;
            case AlterTable { Kind: ObjectKind.Table, Single: { } action } alter when IsOurs(alter.Target):
                if (action is ValidateConstraintAction validate && IsValidated(statement, alter.Target, validate))
                    return true;
                if (!open.TryGetValue(alter.Target.Name, out var place))
                    return false;
                if (With((CreateTable)all[place].Value, place, action, statements) is { } table)
                {
                    all[place] = all[place].Merge(statement, table);
                    return true;
                }
                // Names are others from now on, or columns, and a row may not fit any more.
                if (action is not (SettingAction or ChangeDefaultAction or AddConstraintAction))
                    open.Remove(alter.Target.Name);
                return false;
            case CommentOn { Kind: ObjectKind.Table or ObjectKind.Column, Target: { } target } comment when IsOurs(target) && open.TryGetValue(target.Name, out var at):
                all[at] = all[at].Merge(statement, all[at].Value) with { Comments = [.. all[at].Comments, comment] };
                return true;
            default:
                Note(statement.Value);
                return false;
        }
    }

    /// <summary>What a statement that is taken up by no table means for what follows.</summary>
    void Note(Statement statement)
    {
        switch (statement)
        {
            case DropObjects { Kind: ObjectKind.Table } drop:
                foreach (var name in drop.Names)
                    open.Remove(name.Name);
                break;
            case CreateObject { Kind: not (ObjectKind.View or ObjectKind.MaterializedView or ObjectKind.Trigger or ObjectKind.Policy) } or CreateEnum or CreateDomain:
                lastObject = all.Count;
                break;
            case ChangeRows { Target: { } target }:
                open.Remove(target.Name);
                break;
            case CodeStatement or UnknownStatement or ChangeRows or SetStatement { Setting: "search_path" }:
            case Query query when !KnownNames.CallsNothingElse(query.Source.Tokens):
                open.Clear();
                break;
        }
    }

    bool IsOurs(ObjectName name) => (name.Schema ?? baseSchema) == baseSchema;

    /// <summary>Null where the action stays a statement of its own.</summary>
    CreateTable? With(CreateTable table, int place, TableAction action, IReadOnlyList<ScriptStatement> statements) => action switch
    {
        AddColumnAction { IfNotExists: false } add when place > lastObject && add.Constraints.All(c => MayBeTaken(table, place, c, statements)) =>
            table with { Columns = [.. table.Columns, add.Column], Constraints = [.. table.Constraints, .. add.Constraints] },
        AddConstraintAction add when MayBeTaken(table, place, add.Constraint, statements) => table with { Constraints = [.. table.Constraints, add.Constraint] },
        ChangeDefaultAction change when place > lastObject => Replace(table, change.Column, c => c with { Default = change.Default }),
        ChangeNullabilityAction change => Replace(table, change.Column, c => c with { IsNullable = change.IsNullable }),
        ChangeGenerationAction { Change: GenerationChange.AddIdentity, Identity: { } identity } change =>
            Options(table, change.Column, identity) is { } plain ? Replace(table, change.Column, c => c with { Identity = plain }) : null,
        _ => null,
    };

    bool MayBeTaken(CreateTable table, int place, ConstraintDefinition constraint, IReadOnlyList<ScriptStatement> statements) => constraint switch
    {
        _ when !constraint.IsEnforced => false,
        KeyDefinition key => key.UsingIndex is null,
        CheckDefinition or ExclusionDefinition => place > lastObject,
        ForeignKeyDefinition key => IsThere(table, place, key, statements),
        _ => false,
    };

    /// <summary>A table that a foreign key points to must be there before this one.</summary>
    bool IsThere(CreateTable table, int place, ForeignKeyDefinition key, IReadOnlyList<ScriptStatement> statements)
    {
        if (Arrangement.IsSame(key.Referenced, table.Table, baseSchema))
            return true;
        if (!made.TryGetValue(key.Referenced.Name, out var other))
            return !statements.Any(s => s.Value is CreateTable later && Arrangement.IsSame(later.Table, key.Referenced, baseSchema));
        var keys = ((CreateTable)all[other].Value).Constraints.OfType<KeyDefinition>();
        return other < place && keys.Any(k => key.ReferencedColumns.Count == 0 ? k.IsPrimaryKey
            : k.Columns.Select(c => c.Text).OrderBy(c => c, StringComparer.Ordinal).SequenceEqual(key.ReferencedColumns.Select(c => c.Text).OrderBy(c => c, StringComparer.Ordinal)));
    }

    static CreateTable? Replace(CreateTable table, Name column, Func<ColumnDefinition, ColumnDefinition> change) =>
        table.Columns.All(c => c.Name.Text != column.Text) ? null : table with { Columns = [.. table.Columns.Select(c => c.Name.Text == column.Text ? change(c) : c)] };

    /// <summary>An identity without the options that say what the server would take anyway; null where its sequence has another name.</summary>
    static Identity? Options(CreateTable table, Name column, Identity identity)
    {
        if (identity.SequenceOptions is not { } written)
            return identity;
        var options = SequenceOptions.Read(written.Text, SqlLexer.Significant(written.Text), 0);
        var isNamed = options.Name is { } name && name != PostgresNames.Choose(table.Table.Name, column.Text, "seq");
        return isNamed || !options.AreDefault && options.Name is not null ? null : options.AreDefault ? identity with { SequenceOptions = null } : identity;
    }

    /// <summary>NOT VALID first and VALIDATE later is what adding a constraint does anyway while clients write.</summary>
    bool IsValidated(ScriptStatement statement, ObjectName table, ValidateConstraintAction validate)
    {
        var at = all.FindLastIndex(s => s.Value is AlterTable { Single: AddConstraintAction { Constraint: { IsNotValid: true, Name: { } name } } } alter
            && name.Text == validate.Constraint.Text && Arrangement.IsSame(alter.Target, table, baseSchema));
        if (at < 0 || all[at].Value is not AlterTable { Single: AddConstraintAction add } added)
            return false;
        all[at] = all[at].Merge(statement, added with { Actions = [add with { Constraint = add.Constraint with { IsNotValid = false } }] });
        return true;
    }
}
