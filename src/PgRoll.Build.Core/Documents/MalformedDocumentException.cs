using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Documents;

/// <summary>Ends the reading of a text that makes no sense at <paramref name="span"/>; never leaves <see cref="NodeReader"/>.</summary>
sealed class MalformedDocumentException(TextSpan span, string message) : Exception(message)
{
    public TextSpan Span => span;
}
