namespace PgRoll.Build.Engine.Tests.ModelTest;

/// <summary>A type, and the values that are drawn for it: few usual ones, so that they meet, and fresh ones, so that they do not.</summary>
/// <param name="Type">Its name.</param>
/// <param name="Usual">Values as the server prints them.</param>
/// <param name="Fresh">A value for each number.</param>
/// <param name="Forbidden">What the checks of this model refuse; null for a type without checks.</param>
sealed record Kind(string Type, IReadOnlyList<string> Usual, Func<int, string> Fresh, string? Forbidden = null)
{
    public static readonly Kind
        Text = new("text", ["x", "y z", "bad", "none", "Ana Maria Silva", "12", ""], i => $"w{i}", "bad"),
        Short = new("varchar(40)", ["x", "bad", "yes", "Rui Costa", "7"], i => $"v{i}", "bad"),
        Int = new("int", ["0", "1", "-5", "7", "42"], i => $"{1000 + i}", "0"),
        Big = new("bigint", ["0", "2", "99"], i => $"{100_000 + i}", "0"),
        Bool = new("boolean", ["true", "false"], i => i % 2 == 0 ? "true" : "false"),
        // Equal numbers and equal documents with different images: 1 = 1.0.
        Number = new("numeric", ["1", "1.0", "2.50"], i => $"{i}.25"),
        Json = new("json", ["{}", "{ }", """{"a":1}"""], i => $"[{i}]"),
        Moment = new("timestamptz", ["2020-01-01 00:00:00+00"], i => $"2021-01-01 00:{i % 60:00}:00+00");

    public static readonly IReadOnlyList<Kind> Usable = [Text, Text, Text, Short, Int, Int, Big, Bool, Number, Json];

    public bool IsText => this == Text || this == Short;

    public bool IsInteger => this == Int || this == Big;

    public override string ToString() => Type;
}

/// <summary>A value that the server gives, of which only itself is known: a number of a sequence, a moment. Read once, it must stay.</summary>
sealed class Drawn
{
    public string? Known { get; set; }
}
