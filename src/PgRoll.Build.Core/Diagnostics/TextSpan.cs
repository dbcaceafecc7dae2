namespace PgRoll.Build.Diagnostics;

/// <summary>A stretch of a text file. Lines and columns count from 1; columns count UTF-16 units, as editors and compilers do.</summary>
/// <param name="Line">First line.</param>
/// <param name="Column">First column.</param>
/// <param name="EndLine">Last line.</param>
/// <param name="EndColumn">The column after the last one.</param>
public readonly record struct TextSpan(int Line, int Column, int EndLine, int EndColumn)
{
    /// <summary>The start of a file, for findings that concern all of it.</summary>
    public static TextSpan Start { get; } = new(1, 1, 1, 1);
}
