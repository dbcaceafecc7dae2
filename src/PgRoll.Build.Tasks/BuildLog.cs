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
        log.Write(rule, severity, message, file, span.Line, span.Column);
    }

    public static void Write(this TaskLoggingHelper log, Rule rule, Severity severity, string message, string file, int line, int column)
    {
        switch (severity)
        {
            case Severity.Error:
                log.LogError(null, rule.Id, null, rule.HelpLink, file, line, column, 0, 0, message);
                break;
            case Severity.Warning:
                log.LogWarning(null, rule.Id, null, rule.HelpLink, file, line, column, 0, 0, message);
                break;
            default:
                log.LogMessage(null, rule.Id, null, file, line, column, 0, 0, MessageImportance.Normal, message);
                break;
        }
    }

    /// <summary>An error of the whole project.</summary>
    public static void Write(this TaskLoggingHelper log, BuildError error, string message) =>
        log.LogError(null, error.Code, null, BuildError.HelpLink, null, 0, 0, 0, 0, message);
}
