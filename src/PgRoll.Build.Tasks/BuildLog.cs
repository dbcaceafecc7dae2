using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Tasks;

/// <summary>
/// Prints findings as compilers print theirs: <c>file(line,column): error PGRnnnn: message</c>. A subcategory or the end of the span
/// would change that form, and GitHub's problem matcher no longer recognise it.
/// </summary>
static class BuildLog
{
    public static void Write(this TaskLoggingHelper log, Diagnostic diagnostic)
    {
        var (rule, severity, message, (file, _, span)) = diagnostic;
        switch (severity)
        {
            case Severity.Error:
                log.LogError(null, rule.Id, null, rule.HelpLink, file, span.Line, span.Column, 0, 0, message);
                break;
            case Severity.Warning:
                log.LogWarning(null, rule.Id, null, rule.HelpLink, file, span.Line, span.Column, 0, 0, message);
                break;
            default:
                log.LogMessage(null, rule.Id, null, file, span.Line, span.Column, 0, 0, MessageImportance.Normal, message);
                break;
        }
    }
}
