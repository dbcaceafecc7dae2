namespace PgRoll.Build.SqlText;

/// <summary>Finished SQL text. What got into it was quoted by its type on the way (see <see cref="SqlBuilder"/>).</summary>
public sealed record Sql
{
    const string Tag = "pgroll";

    Sql(string text) => Text = text;

    /// <summary>No SQL at all.</summary>
    public static Sql Empty { get; } = new("");

    /// <summary>The text as the server receives it.</summary>
    public string Text { get; }

    /// <summary>Composes SQL from an interpolated string whose holes are typed: names, constants, expressions, other SQL.</summary>
    public static Sql Of(SqlBuilder sql) => new(sql.ToString());

    /// <summary>The only way to make SQL of a string. The text must not hold anything that a user wrote.</summary>
    public static Sql Raw(string trusted) => new(Refuse.Nul(trusted, nameof(trusted)));

    /// <summary>Puts a separator between fragments.</summary>
    public static Sql Join(string separator, IEnumerable<Sql> fragments) =>
        new(string.Join(separator, fragments.Select(fragment => fragment.Text)));

    /// <summary>Quotes a body of code as a string constant, with a tag that does not occur in it.</summary>
    public static Sql DollarQuoted(Sql body)
    {
        // Code of several lines stands on lines of its own; the breaks mean nothing to a function body.
        var text = body.Text.IndexOf('\n') < 0 ? body.Text : "\n" + body.Text + "\n";
        for (var attempt = 0; ; attempt++)
        {
            var quote = attempt == 0 ? $"${Tag}$" : $"${Tag}{attempt}$";
            // Searched with the closing quote in place: a body that ends in "$pgroll" would otherwise close one character early.
            if ((text + quote).IndexOf(quote, StringComparison.Ordinal) == text.Length)
                return new(quote + text + quote);
        }
    }

    /// <summary>The text as the server receives it.</summary>
    public override string ToString() => Text;
}
