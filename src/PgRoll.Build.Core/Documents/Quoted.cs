namespace PgRoll.Build.Documents;

/// <summary>Texts of the user inside our sentences.</summary>
static class Quoted
{
    const int Longest = 40;

    /// <summary>The text in single quotes, on one line, cut where it grows long.</summary>
    public static string Short(string text)
    {
        var end = Math.Min(text.Length, Longest);
        if (end < text.Length && char.IsHighSurrogate(text[end - 1]))
            end--;
        var shown = text.Substring(0, end).Replace('\n', ' ').Replace('\r', ' ').Replace('\t', ' ');
        return end < text.Length ? $"'{shown}…'" : $"'{shown}'";
    }
}
