namespace PgRoll.Build.Engine.Verification.Rows;

/// <summary>Values of a type, as the text that the server reads.</summary>
/// <param name="Ordinary">What is usually there: another value for each number, as far as the type has that many.</param>
/// <param name="Edges">What is rare and possible: empty, the least and the greatest, other alphabets.</param>
sealed record ValueSource(Func<int, string> Ordinary, IReadOnlyList<string> Edges)
{
    public ValueSource Map(Func<string, string> change) => new(i => change(Ordinary(i)), [.. Edges.Select(change)]);
}
