using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Documents;

/// <summary>Refuses text that no notation allows, or that is too long, before anything looks at its structure.</summary>
static class TextCheck
{
    public static void Run(SourceText source, DocumentFormat format)
    {
        var text = source.Text;
        if (text.Length > DocumentLimits.Length)
            throw new MalformedDocumentException(
                TextSpan.Start,
                $"the file has {text.Length} characters, and a migration may have {DocumentLimits.Length}; split it into several.");

        var isEmpty = true;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            isEmpty = isEmpty && char.IsWhiteSpace(c);
            if (Problem(text, i, format) is { } problem)
                throw new MalformedDocumentException(source.Span(i, i + 1), problem);
            if (char.IsHighSurrogate(c))
                i++;
        }
        if (isEmpty)
            throw NoContent();
    }

    /// <summary>An escape can write what a file cannot hold, but no name, value or statement of PostgreSQL has it.</summary>
    public const string Nul = "the character NUL, which PostgreSQL's texts cannot hold; remove its escape.";

    /// <summary>Nothing to read. pgroll refuses such a file too; it has a way to say that nothing is to be done.</summary>
    public static MalformedDocumentException NoContent() =>
        new(TextSpan.Start, "the file has no content; a migration without operations is written 'operations: []'.");

    static string? Problem(string text, int i, DocumentFormat format) => text[i] switch
    {
        '\0' => "NUL character; the file may be UTF-16: save it as UTF-8.",
        >= '\uD800' and <= '\uDBFF' when i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]) => HalfPair,
        >= '\uDC00' and <= '\uDFFF' => HalfPair,
        '\t' or '\n' or '\r' or '\u0085' => null,
        // JSON allows all but the first 32 in strings, and its reader knows where strings are.
        var c when format == DocumentFormat.Yaml && char.IsControl(c) =>
            $"control character U+{(int)c:X4}; write it as an escape in double quotes, or remove it.",
        _ => null,
    };

    const string HalfPair = "half of a UTF-16 surrogate pair; the file was damaged or is not UTF-8.";
}
