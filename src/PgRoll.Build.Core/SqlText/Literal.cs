namespace PgRoll.Build.SqlText;

/// <summary>A text constant.</summary>
public sealed record Literal
{
    /// <summary>A constant that holds exactly this text.</summary>
    /// <exception cref="ArgumentException">The text contains a NUL character.</exception>
    public Literal(string value) => Value = Refuse.Nul(value, nameof(value));

    /// <summary>The text itself, without quotes.</summary>
    public string Value { get; }

    /// <summary>Same as the constructor, for method groups.</summary>
    public static Literal Of(string value) => new(value);

    /// <summary>The quoted text, as it stands in SQL.</summary>
    public override string ToString()
    {
        var quoted = "'" + Value.Replace("'", "''") + "'";
        // The escape form means the same whatever standard_conforming_strings says.
        return quoted.IndexOf('\\') < 0 ? quoted : "E" + quoted.Replace("\\", "\\\\");
    }
}
