using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace PgRoll.Build.SqlText;

/// <summary>Receives the parts of <c>Sql.Of($"…")</c>: each kind of hole is written by its own rule, a string does not compile.</summary>
/// <remarks>
/// Quoting is no decision of the caller: a value has the type that says what it is in SQL, and the compiler picks the overload that
/// writes it. What users wrote gets in only as <see cref="SqlExpression"/> or <see cref="SqlType"/>, which were checked when they were
/// read and cannot leave their place. So SQL reads as SQL where it is composed, and a forgotten quote is an error of the compiler.
/// </remarks>
[InterpolatedStringHandler]
public readonly ref struct SqlBuilder
{
    readonly StringBuilder text;

    /// <summary>Called by the compiler.</summary>
    public SqlBuilder(int literalLength, int formattedCount) => text = new(literalLength + formattedCount * 16);

    /// <summary>Appends what stands between the holes.</summary>
    public void AppendLiteral(string value) => text.Append(value);

    /// <summary>Appends a quoted name.</summary>
    public void AppendFormatted(Ident value) => text.Append(value);

    /// <summary>Appends a quoted name with its schema.</summary>
    public void AppendFormatted(QualifiedName value) => text.Append(value);

    /// <summary>Appends a quoted constant.</summary>
    public void AppendFormatted(Literal value) => text.Append(value);

    /// <summary>Appends the name of a type.</summary>
    public void AppendFormatted(SqlType value) => text.Append(value);

    /// <summary>Appends a user's expression in parentheses.</summary>
    public void AppendFormatted(SqlExpression value) => AppendFormatted(value.ToSql());

    /// <summary>Appends a part of a statement that a user wrote.</summary>
    public void AppendFormatted(SqlClause value) => AppendFormatted(value.ToSql());

    /// <summary>Appends a fragment; its further lines are indented to the column of the first.</summary>
    public void AppendFormatted(Sql value) =>
        text.Append(value.Text.IndexOf('\n') < 0 ? value.Text : Indentation.Apply(value.Text, Column()));

    /// <summary>Appends a number.</summary>
    public void AppendFormatted(int value) => text.Append(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Appends a number.</summary>
    public void AppendFormatted(long value) => text.Append(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Appends names separated by commas.</summary>
    public void AppendFormatted(IEnumerable<Ident> values) => text.Append(string.Join(", ", values));

    /// <summary>Appends fragments separated by commas.</summary>
    public void AppendFormatted(IEnumerable<Sql> values) => AppendFormatted(Sql.Join(", ", values));

    /// <summary>Never compiles.</summary>
    [Obsolete("A string has no meaning in SQL: use Ident, Literal, SqlExpression, SqlType or Sql, whichever it is.", error: true)]
    public void AppendFormatted(string value) => throw new NotSupportedException(value);

    /// <summary>Never compiles; without it a character would be written as a number.</summary>
    [Obsolete("A character has no meaning in SQL: use Literal for a constant, or write it between the holes.", error: true)]
    public void AppendFormatted(char value) => throw new NotSupportedException(value.ToString());

    // Where the next character goes, counted from the last line break.
    int Column()
    {
        var column = 0;
        while (column < text.Length && text[text.Length - 1 - column] != '\n')
            column++;
        return column;
    }

    /// <summary>The text so far.</summary>
    public override string ToString() => text.ToString();
}
