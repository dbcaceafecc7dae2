using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;

namespace PgRoll.Build.Tests.Documents;

/// <summary>Reads texts as the product does and shows places and findings in a form that tests can state.</summary>
static class Reading
{
    public static Document Valid(string text, string file = "m.yaml")
    {
        var report = new Report();
        var document = NodeReader.Read(file, text, report);
        Assert.AreEqual("", Lines(report), text);
        Assert.IsNotNull(document);
        return document;
    }

    /// <summary>The one finding of a text that cannot be read.</summary>
    public static string Finding(string text, string file = "m.yaml")
    {
        var report = new Report();
        Assert.IsNull(NodeReader.Read(file, text, report), "The text was read without complaint.");
        Assert.HasCount(1, report.Diagnostics, Lines(report));
        return report.Diagnostics[0].ToString();
    }

    /// <summary>What <paramref name="read"/> makes of the root mapping, and everything it reports.</summary>
    public static (T? Value, string Findings) Fields<T>(string text, Func<FieldReader, T?> read, string file = "m.yaml") where T : class
    {
        var report = new Report();
        var document = NodeReader.Read(file, text, report);
        Assert.IsNotNull(document, Lines(report));
        var value = new FieldReader(document.Root, "op", report.For(document)).Read(read);
        Assert.AreEqual(report.HasErrors, value is null, "A value comes back exactly if nothing was reported.");
        return (value, Lines(report));
    }

    public static string Lines(Report report) => string.Join("\n", report.Diagnostics);

    /// <summary>The text a span covers, with line breaks as they are in the file.</summary>
    public static string Covered(string text, TextSpan span)
    {
        var (start, end) = (Offset(text, span.Line, span.Column), Offset(text, span.EndLine, span.EndColumn));
        return text[start..end];
    }

    static int Offset(string text, int line, int column)
    {
        var at = 0;
        for (; line > 1; line--)
        {
            at = text.IndexOfAny(['\r', '\n'], at);
            at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
        }
        return at + column - 1;
    }
}
