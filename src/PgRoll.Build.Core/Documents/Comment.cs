using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Documents;

/// <summary>A comment, and what it speaks about.</summary>
/// <param name="Text">The text behind the <c>#</c>, without surrounding blanks.</param>
/// <param name="Span">Where it stands, <c>#</c> included.</param>
/// <param name="Path">
/// The path of the key or list item it belongs to: the one that follows it, or the one on whose line it stands;
/// null when nothing follows.
/// </param>
/// <param name="IsHeader">Whether it is part of the block of comment lines that opens the file.</param>
sealed record Comment(string Text, TextSpan Span, string? Path, bool IsHeader);
