namespace PgRoll.Build.Diagnostics;

/// <summary>Where a finding is.</summary>
/// <param name="File">The file as it was given, or the migration's name where it was read from a database.</param>
/// <param name="Path">The place inside the document, <c>operations[0].add_column.table</c>; empty for the whole file.</param>
/// <param name="Span">Line and column of that place, or of its nearest parent that the document has.</param>
public sealed record Location(string File, string Path, TextSpan Span)
{
    /// <summary>The form compilers print: <c>file(line,column)</c>.</summary>
    public override string ToString() => $"{File}({Span.Line},{Span.Column})";
}
