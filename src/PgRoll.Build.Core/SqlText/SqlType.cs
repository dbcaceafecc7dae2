namespace PgRoll.Build.SqlText;

/// <summary>The name of a data type, checked to be nothing else.</summary>
public sealed record SqlType
{
    static readonly Dictionary<string, string> serials = new()
    {
        ["serial"] = "integer",
        ["bigserial"] = "bigint",
        ["smallserial"] = "smallint",
    };

    SqlType(string text, string canonical)
    {
        Text = text;
        Canonical = canonical;
    }

    /// <summary>The type as it was written.</summary>
    public string Text { get; }

    /// <summary>The type as the server's format_type() writes it. A schema is kept if it was written.</summary>
    public string Canonical { get; }

    /// <summary>The type of the numbers if this is serial, bigserial or smallserial; else null.</summary>
    public SqlType? SerialOf => serials.TryGetValue(Canonical, out var underlying) ? new(underlying, underlying) : null;

    /// <summary>The serial type that makes numbers of this type: the other way of <see cref="SerialOf"/>.</summary>
    internal SqlType AsSerial => serials.FirstOrDefault(s => s.Value == Canonical).Key is { } serial ? new(serial, serial) : this;

    /// <summary>Whether identity columns can have it.</summary>
    internal bool IsInteger => serials.ContainsValue(Canonical);

    /// <summary>Whether <paramref name="to"/> is an integer type with room for more numbers than this one.</summary>
    internal bool WidensTo(SqlType to) => (Canonical, to.Canonical) is ("smallint", "integer") or ("smallint" or "integer", "bigint");

    /// <summary>Reads a type; null and the problem if the text is something else.</summary>
    public static SqlType? Parse(string text, out string? problem)
    {
        var tokens = SqlLexer.Tokenize(text);
        (var canonical, problem) = new TypeReader(text, tokens).Read();
        return canonical is null ? null : new(text.Substring(tokens[0].Start, tokens[tokens.Count - 1].End - tokens[0].Start), canonical);
    }

    /// <summary>Reads the type that begins at a token; null if none does, else with the number of its tokens.</summary>
    internal static (SqlType? Type, int Length) ParseAt(string text, IReadOnlyList<Token> tokens, int start)
    {
        var (canonical, end) = new TypeReader(text, tokens) { Start = start }.ReadPrefix();
        return canonical is null ? (null, 0) : (new(text.Substring(tokens[start].Start, tokens[end - 1].End - tokens[start].Start), canonical), end - start);
    }

    /// <summary>A type that the server itself wrote, by format_type().</summary>
    public static SqlType FromCatalog(string text) => new(text, text);

    /// <summary>Whether both are the same type with the same length, precision and scale.</summary>
    public static bool SameType(SqlType a, SqlType b) => a.Canonical == b.Canonical;

    /// <summary>The type as it was written.</summary>
    public override string ToString() => Text;
}
