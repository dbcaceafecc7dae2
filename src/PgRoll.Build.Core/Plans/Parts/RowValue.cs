using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans.Parts;

/// <summary>
/// What a column's value is, in terms of the table's physical columns: a column, a default, or a helper function of other values.
/// The sync trigger writes it over NEW and OLD, the backfill over the table, from the same value.
/// </summary>
abstract record RowValue
{
    /// <summary>The physical columns it is made of.</summary>
    public abstract IEnumerable<string> Inputs { get; }

    /// <summary>The defaults among what it is made of.</summary>
    public virtual IEnumerable<ExpressionFunction> Defaults => [];

    /// <summary>The functions that it calls.</summary>
    public virtual IEnumerable<QualifiedName> Functions => Defaults.Select(f => f.Name);

    /// <summary>The SQL, with <paramref name="column"/> writing a column reference.</summary>
    public abstract Sql Over(Func<string, Sql> column);

    public sealed record Stored(string Column) : RowValue
    {
        public override IEnumerable<string> Inputs => [Column];
        public override Sql Over(Func<string, Sql> column) => column(Column);
    }

    /// <summary>A column's default: as it is written, and as the function that gives it; null for NULL.</summary>
    public sealed record Constant(SqlExpression? Text, ExpressionFunction? Default) : RowValue
    {
        public override IEnumerable<string> Inputs => [];
        public override IEnumerable<ExpressionFunction> Defaults => Default is null ? [] : [Default];
        public override Sql Over(Func<string, Sql> column) => Default is null ? Sql.Of($"NULL") : Sql.Of($"{Default.Name}()");
    }

    public sealed record Call(QualifiedName Function, IReadOnlyList<RowValue> Arguments) : RowValue
    {
        public override IEnumerable<string> Inputs => Arguments.SelectMany(a => a.Inputs);
        public override IEnumerable<ExpressionFunction> Defaults => Arguments.SelectMany(a => a.Defaults);
        public override IEnumerable<QualifiedName> Functions => Arguments.SelectMany(a => a.Functions).Prepend(Function);
        public override Sql Over(Func<string, Sql> column) => Sql.Of($"{Function}({Arguments.Select(a => a.Over(column))})");
    }
}
