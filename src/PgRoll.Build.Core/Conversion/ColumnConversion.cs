using PgRoll.Build.Documents;
using PgRoll.Build.Model;
using PgRoll.Build.Statements;

namespace PgRoll.Build.Conversion;

/// <summary>Columns, as fields of create_table and add_column.</summary>
static class ColumnConversion
{
    /// <summary>What no field of a column says, or null.</summary>
    public static string? Unsayable(ColumnDefinition column) => column switch
    {
        { Collation: not null } => $"no operation gives a column ('{column.Name}') a collation",
        { IsVirtual: true } => $"no operation makes a virtual generated column ('{column.Name}')",
        { HasOptions: true } => $"no operation gives a column ('{column.Name}') STORAGE or COMPRESSION",
        _ => null,
    };

    /// <summary>The fields of a column.</summary>
    /// <param name="column">What the statement says of it.</param>
    /// <param name="isNullable">Whether it may hold NULL, all constraints considered.</param>
    /// <param name="inline">Those of the constraints that the column's own fields say.</param>
    /// <param name="comment">Its comment, or null.</param>
    public static MappingNode Of(ColumnDefinition column, bool isNullable, IReadOnlyList<Constraint> inline, string? comment) => Nodes.Map(
        ("name", Nodes.Text(column.Name.Text)),
        ("type", Nodes.Text(column.Type!.Text)),
        ("nullable", Nodes.Flag(isNullable)),
        ("pk", Nodes.Flag(inline.Any(c => c is UniqueConstraint { IsPrimaryKey: true }))),
        ("unique", Nodes.Flag(inline.Any(c => c is UniqueConstraint { IsPrimaryKey: false }))),
        ("default", IsNull(column.Default) ? null : Nodes.Optional(column.Default?.Value.Text)),
        ("comment", Nodes.Optional(comment)),
        ("check", inline.OfType<CheckConstraint>().Select(Check).FirstOrDefault()),
        ("references", inline.OfType<ForeignKey>().Select(Reference).FirstOrDefault()),
        ("generated", Generated(column)));

    /// <summary>DEFAULT NULL says what is so anyway.</summary>
    public static bool IsNull(Expression? value) => value is not null && string.Equals(value.Value.Text, "null", StringComparison.OrdinalIgnoreCase);

    static MappingNode Check(CheckConstraint check) => Nodes.Map(
        ("name", Nodes.Text(check.Name)),
        ("constraint", Nodes.Text(check.Expression.Text)),
        ("no_inherit", Nodes.Flag(check.NoInherit)));

    static MappingNode Reference(ForeignKey key) => Nodes.Map(
        ("name", Nodes.Text(key.Name)),
        ("table", Nodes.Text(key.ReferencedTable)),
        ("column", Nodes.Text(key.ReferencedColumns[0])),
        ("on_delete", ConstraintConversion.Action(key.OnDelete)),
        ("on_update", ConstraintConversion.Action(key.OnUpdate)),
        ("match_type", key.MatchFull ? Nodes.Text("FULL") : null),
        ("deferrable", Nodes.Flag(key.Deferral is not Deferral.NotDeferrable)),
        ("initially_deferred", Nodes.Flag(key.Deferral is Deferral.InitiallyDeferred)));

    static MappingNode? Generated(ColumnDefinition column) => column switch
    {
        { GeneratedAs: { } expression } => Nodes.Map(("expression", Nodes.Text(expression.Value.Text))),
        { Identity: { } identity } => Nodes.Map(("identity", Nodes.Map(
            ("user_specified_values", Nodes.Text(identity.Always ? "ALWAYS" : "BY DEFAULT")),
            ("sequence_options", Nodes.Optional(identity.SequenceOptions?.Text))))),
        _ => null,
    };
}
