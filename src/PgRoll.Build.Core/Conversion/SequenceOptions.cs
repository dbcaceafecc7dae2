using PgRoll.Build.SqlText;

namespace PgRoll.Build.Conversion;

/// <summary>The options of a sequence, as dumps write them all out.</summary>
/// <param name="AreDefault">Whether each of them says what the server would take anyway.</param>
/// <param name="Type">The type of its numbers as the server writes it; null where nothing is said.</param>
/// <param name="Name">Its name; null where nothing is said.</param>
sealed record SequenceOptions(bool AreDefault, string? Type, string? Name)
{
    /// <summary>The options that begin at a token.</summary>
    public static SequenceOptions Read(string text, IReadOnlyList<Token> tokens, int at)
    {
        string? type = null, name = null;
        bool Skip(params string[] words)
        {
            var all = words.Where((word, i) => at + i < tokens.Count && (tokens[at + i].IsWord(word) || IsNumber(at + i, word))).Count() == words.Length;
            at += all ? words.Length : 0;
            return all;
        }
        bool IsNumber(int i, string word) => tokens[i].Kind is TokenKind.Number && text.Substring(tokens[i].Start, tokens[i].Length) == word;
        string? Dotted()
        {
            var last = at < tokens.Count && tokens[at].IsName ? tokens[at++].Value : null;
            while (at + 1 < tokens.Count && tokens[at].IsSymbol("."))
                (last, at) = (tokens[at + 1].Value, at + 2);
            return last;
        }
        while (at < tokens.Count)
            if (Skip("as"))
            {
                var (read, length) = SqlType.ParseAt(text, tokens, at);
                (type, at) = (read?.Canonical, at + Math.Max(length, 1));
            }
            else if (Skip("sequence", "name"))
                name = Dotted();
            else if (Skip("owned", "by"))
                Dotted();
            else if (!(Skip("start", "with", "1") || Skip("start", "1") || Skip("increment", "by", "1") || Skip("increment", "1") || Skip("no", "minvalue") || Skip("minvalue", "1")
                || Skip("no", "maxvalue") || Skip("cache", "1") || Skip("no", "cycle")))
                return new(false, type, name);
        return new(true, type, name);
    }
}
