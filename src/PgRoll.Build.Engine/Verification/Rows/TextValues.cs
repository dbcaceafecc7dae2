using System.Globalization;
using System.Text;

namespace PgRoll.Build.Engine.Verification.Rows;

/// <summary>Values of texts.</summary>
static class TextValues
{
    static readonly string[] Edges = ["", " ", "Ünïcödé ☃ 日本 😀", "it's \"quoted\" \\ back", "123", "line\nbreak"];

    /// <param name="length">How many characters fit; null for as many as one likes.</param>
    public static ValueSource Of(int? length) =>
        new(i => Ordinary(i, length), [.. Edges.Append(new string('x', Math.Min(length ?? 300, 300))).Select(edge => Fit(edge, length)).Distinct()]);

    static string Ordinary(int i, int? length)
    {
        var number = (i + 1).ToString(CultureInfo.InvariantCulture);
        return length is { } most && most < 5 + number.Length ? Short(i, most) : $"Text {number}";
    }

    /// <summary>As many different ones as there is room for.</summary>
    static string Short(int i, int length)
    {
        const string Letters = "abcdefghijklmnopqrstuvwxyz0123456789";
        var text = new StringBuilder();
        for (var rest = i; text.Length < Math.Min(length, 4); rest /= Letters.Length)
            text.Insert(0, Letters[rest % Letters.Length]);
        return text.ToString();
    }

    /// <summary>The server counts characters, not their parts.</summary>
    static string Fit(string text, int? length) => string.Concat(text.EnumerateRunes().Take(length ?? int.MaxValue));
}
