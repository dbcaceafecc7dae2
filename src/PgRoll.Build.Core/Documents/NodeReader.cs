using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Documents;

/// <summary>Reads the text of a migration into a document. What is wrong with the text goes into the report; nothing is thrown.</summary>
static class NodeReader
{
    /// <summary>Reads a file's text in the notation of its extension.</summary>
    public static Document? Read(string file, string text, Report report) => Read(file, text, DocumentFormats.Of(file), report);

    /// <summary>Reads a text in a given notation: migrations that come back from a database are JSON and have no file.</summary>
    public static Document? Read(string file, string text, DocumentFormat format, Report report)
    {
        report = report.For(Document.Empty(file));
        var before = report.Diagnostics.Count;
        try
        {
            var source = new SourceText(WithoutByteOrderMark(text));
            TextCheck.Run(source, format);
            var (root, comments) = format == DocumentFormat.Json
                ? (StrictJson.Read(source, report), [])
                : YamlReader.Read(source, report);
            if (root is not MappingNode mapping)
                report.Add(
                    DocumentRules.InvalidStructure, root.Span, "migration",
                    $"a migration is a mapping with the key 'operations', not {root.Describe()}.");
            else if (report.Diagnostics.Count == before)
                return new(file, source, mapping, comments);
        }
        catch (MalformedDocumentException problem)
        {
            report.Add(DocumentRules.InvalidSyntax, problem.Span, format.Name(), problem.Message);
        }
        return null;
    }

    static string WithoutByteOrderMark(string text) => text.Length > 0 && text[0] == '\uFEFF' ? text.Substring(1) : text;
}
