using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Linting;

/// <summary>A comment that tells of findings that they were judged.</summary>
/// <param name="Document">The file.</param>
/// <param name="Codes">The rules.</param>
/// <param name="Reason">Why they do not matter here; null where nothing is said.</param>
/// <param name="Comment">The comment itself.</param>
/// <param name="Scope">What it is about.</param>
sealed record Suppression(string Document, IReadOnlyList<string> Codes, string? Reason, TextSpan Comment, SuppressionScope Scope)
{
    public bool Covers(Diagnostic finding) => finding.Location.File == Document && Codes.Contains(finding.Rule.Id) && Scope.Holds(finding.Location);
}

/// <summary>What a suppression is about: a part of the document, or a stretch of its lines.</summary>
/// <param name="Path">A place and all below it; "" for the whole file.</param>
/// <param name="Span">The lines of a statement; null for all of what is at the path.</param>
sealed record SuppressionScope(string Path, TextSpan? Span = null)
{
    public bool Holds(Location location) => IsBelow(location.Path) && (Span is not { } span || Holds(span, location.Span));

    bool IsBelow(string path) =>
        path.StartsWith(Path, StringComparison.Ordinal) && (Path.Length == 0 || path.Length == Path.Length || path[Path.Length] is '.' or '[');

    static bool Holds(TextSpan outer, TextSpan inner) =>
        (inner.Line, inner.Column).CompareTo((outer.Line, outer.Column)) >= 0 && (inner.Line, inner.Column).CompareTo((outer.EndLine, outer.EndColumn)) <= 0;
}
