using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Operations;

/// <summary>Changes a column. Unless only its default or comment change, each version has its own copy until complete.</summary>
/// <param name="Table">The table.</param>
/// <param name="Column">The column.</param>
public sealed record AlterColumn(string Table, string Column) : Operation
{
    /// <inheritdoc/>
    public override string Name => "alter_column";

    /// <summary>The new type, or null.</summary>
    public SqlType? Type { get; init; }

    /// <summary>Whether it may hold NULL from now on; null for no change.</summary>
    public bool? IsNullable { get; init; }

    /// <summary>The new default, none, or no change.</summary>
    public Change<SqlExpression> Default { get; init; }

    /// <summary>The new comment, none, or no change.</summary>
    public Change<string> Comment { get; init; }

    /// <summary>A new check, or null.</summary>
    public CheckSpec? Check { get; init; }

    /// <summary>A new foreign key, or null.</summary>
    public ReferenceSpec? References { get; init; }

    /// <summary>The name of a new unique constraint, or null.</summary>
    public string? Unique { get; init; }

    /// <summary>The new version's value, from a row of the old one; null for the column itself.</summary>
    public SqlExpression? Up { get; init; }

    /// <summary>The old version's value, from a row of the new one; null for the column itself.</summary>
    public SqlExpression? Down { get; init; }

    /// <summary>Whether each version has its own copy whatever changes, as in pgroll.</summary>
    internal bool IsAlwaysCopied { get; init; }

    internal static OperationGuide Guide { get; } = new(
        "Changes a column. What changes its values or what may be in them needs `up`, `down` or both: `type`, `check` and `references` both, `nullable: false` an `up`, `nullable: true` a `down`.",
        """
        table: customers
        column: name
        nullable: false
        up: coalesce(name, 'unknown')
        down: name
        """);

    internal static Operation Read(FieldReader fields)
    {
        var comment = fields.Settable("comment");
        return new AlterColumn(fields.RequiredString("table"), fields.RequiredString("column"))
        {
            Type = fields.Type("type"),
            IsNullable = fields.OptionalBool("nullable"),
            Default = fields.ExpressionChange("default"),
            Comment = new(comment.IsGiven, comment.Value),
            Check = fields.Mapping("check", CheckSpec.Read),
            References = fields.Mapping("references", ReferenceSpec.Read),
            Unique = fields.Mapping("unique", static f => f.RequiredName("name")),
            Up = fields.Expression("up"),
            Down = fields.Expression("down"),
        };
    }

    internal override void Validate(Schema before, Report report)
    {
        if (Type is null && IsNullable is null && !Default.IsGiven && !Comment.IsGiven && Check is null && References is null && Unique is null)
            report.Add(ReferenceRules.NoEffectiveChange, "", "it names none of type, nullable, default, comment, check, references, unique");
        foreach (var (what, needsUp, needsDown) in Needs())
        {
            if (needsUp && Up is null && what == "nullable" && Type is null && Check is null && References is null)
                report.Add(ReferenceRules.NotNullWithoutValue, what,
                    $"'{Table}.{Column}' becomes NOT NULL, and there is no `up` to give a value to rows without one: give it, such as `coalesce({Column}, …)`");
            else if (needsUp && Up is null)
                report.NeedsUp($"A change of `{what}`", Column, what);
            if (needsDown && Down is null)
                report.NeedsDown($"A change of `{what}`", Column, what);
        }
        if (report.Table(before, Table) is not { } table || report.Column(before, table, Column) is not { } column)
            return;
        if (IsNullable is { } nullable && nullable == column.IsNullable)
            report.Add(ReferenceRules.NoEffectiveChange, "nullable", $"'{Column}' is {(nullable ? "nullable" : "NOT NULL")} already");
        if (IsNullable == true && table.PrimaryKey?.Columns.Contains(Column) == true)
            report.Add(ReferenceRules.NoEffectiveChange, "nullable", $"'{Column}' is part of the primary key, which holds no NULL");
        if (column.Identity is not null)
            ValidateIdentity(report);
        var after = Changed(column);
        if (Up is { } up)
            report.Columns(before, up, Table, table.Columns, "old", "up");
        if (Down is { } down)
            report.Columns(before, down, Table, table.Columns, "new", "down");
        if (Check is { } check)
        {
            report.At("check").NewConstraint(before, table, check.Name, hasIndex: false, "name");
            report.At("check").Columns(before, check.Expression, Table, table.Columns, "new", "constraint");
        }
        if (Unique is { } unique)
            report.NewConstraint(before, table, unique, hasIndex: true, "unique.name");
        References?.Validate(before, table.Replace(Column, _ => after), report.At("references"));
        if (IsCopied)
        {
            report.Copy(before, table, after, "column");
            report.CopyInPartitions(before, table, column, "column");
            if (Unique is not null)
                report.NotPartitioned(table, "unique", "an index of the whole of it cannot be built while clients write");
            if (References is not null)
                report.NotPartitioned(table, "references", "a foreign key of the whole of it cannot be validated while clients write");
        }
    }

    internal override Schema Apply(Schema before)
    {
        if (before.Find(Table) is not { } table || table.Find(Column) is not { } column)
            return before;
        var after = Changed(column);
        if (table.IsNew || !IsCopied)
            return before.Replace(table, t => WithConstraints(t.Replace(Column, _ => after), before));
        var copied = before.CopyColumns(table, [after]);
        return copied
            .Replace(table, t => WithConstraints(t, copied))
            .Replace(table, t => t.Map(new ColumnsChanged(
                [new(Column, Up ?? SqlExpression.Column(Column), Down ?? SqlExpression.Column(Column))], table.Columns, t.Columns)));
    }

    void ValidateIdentity(Report report)
    {
        if (IsNullable == true)
            report.Add(ReferenceRules.NoEffectiveChange, "nullable", $"'{Column}' is an identity column, which holds no NULL");
        if (Default.IsGiven)
            report.Add(ReferenceRules.NoEffectiveChange, "default", $"'{Column}' is an identity column, which takes its numbers from its sequence");
        if (Type is { IsInteger: false })
            report.Add(ReferenceRules.NoOnlinePath, "type", $"'{Column}' is an identity column, and can be smallint, integer or bigint");
    }

    /// <summary>A default or a comment concerns no row: it needs no second half, unless the file maps values all the same.</summary>
    bool IsCopied =>
        IsAlwaysCopied || Type is not null || IsNullable is not null || Check is not null || References is not null || Unique is not null
        || Up is { } up && !up.IsSameColumn(Column) || Down is { } down && !down.IsSameColumn(Column);

    Column Changed(Column column) => column with
    {
        Type = Type ?? column.Type,
        IsNullable = IsNullable ?? column.IsNullable,
        NotNull = IsNullable == true ? null : column.NotNull,
        HasNotNullDomain = Type is null && column.HasNotNullDomain,
        HasDefaultDomain = Type is null && column.HasDefaultDomain,
        // The server spells a default with its type, which is no longer the column's.
        Default = Default.Of(Type is null ? column.Default : column.Default?.WithoutLiteralCast()),
        Comment = Comment.Of(column.Comment),
    };

    Table WithConstraints(Table table, Schema schema) => table with
    {
        Constraints =
        [
            .. table.Constraints,
            .. Check is { } check ? [schema.Place(check.ToConstraint(table), table)] : (Constraint[])[],
            .. References is { } reference ? [schema.Place(reference.ToConstraint(Column), table)] : (Constraint[])[],
            .. Unique is { } unique ? [schema.Place(new UniqueConstraint(unique) { Columns = [Column] }, table)] : (Constraint[])[],
        ],
    };

    IEnumerable<(string What, bool NeedsUp, bool NeedsDown)> Needs()
    {
        if (Type is not null)
            yield return ("type", true, true);
        if (Check is not null)
            yield return ("check", true, true);
        if (References is not null)
            yield return ("references", true, true);
        if (IsNullable is { } nullable)
            yield return ("nullable", !nullable, nullable);
    }
}
