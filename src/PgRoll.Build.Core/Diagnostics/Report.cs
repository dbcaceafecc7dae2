using PgRoll.Build.Documents;

namespace PgRoll.Build.Diagnostics;

/// <summary>
/// Collects findings. A report knows the document it speaks about and a prefix inside it, so that whoever finds something
/// names only its own field: <c>report.Add(rule, at: "column.name", name)</c>; the document turns the path into line and column.
/// </summary>
public sealed class Report
{
    readonly List<Diagnostic> _diagnostics;
    readonly Document? _document;
    readonly string _prefix;

    /// <summary>An empty report.</summary>
    public Report() : this([], null, "") { }

    Report(List<Diagnostic> diagnostics, Document? document, string prefix)
    {
        _diagnostics = diagnostics;
        _document = document;
        _prefix = prefix;
    }

    /// <summary>Everything found so far, in the order it was found.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    /// <summary>Whether anything found so far is an error.</summary>
    public bool HasErrors => _diagnostics.Exists(static d => d.Severity == Severity.Error);

    /// <summary>The same collection, speaking about <paramref name="document"/>.</summary>
    public Report For(Document document) => new(_diagnostics, document, "");

    /// <summary>The same collection, speaking about the part of the document at <paramref name="path"/>.</summary>
    public Report At(string path) => new(_diagnostics, _document, Join(_prefix, path));

    /// <summary>Adds a finding at a path below this report's own.</summary>
    public void Add(Rule rule, string at, params object[] arguments)
    {
        var path = Join(_prefix, at);
        Add(rule, new Location(_document?.File ?? "", path, _document?.Locate(path) ?? TextSpan.Start), arguments);
    }

    /// <summary>Adds a finding at a span of the document that no path leads to (a syntax error, a word inside an expression).</summary>
    public void Add(Rule rule, TextSpan span, params object[] arguments) =>
        Add(rule, new Location(_document?.File ?? "", _prefix, span), arguments);

    void Add(Rule rule, Location location, object[] arguments) =>
        _diagnostics.Add(Diagnostic.Of(rule, location, arguments));

    static string Join(string prefix, string path) =>
        prefix.Length == 0 ? path : path.Length == 0 ? prefix : path[0] == '[' ? prefix + path : $"{prefix}.{path}";
}
