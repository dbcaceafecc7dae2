using System.Globalization;

namespace PgRoll.Build.Diagnostics;

/// <summary>A finding: a rule, met at a place.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Severity">The severity in force here.</param>
/// <param name="Message">What is wrong, with the user's own names filled in.</param>
/// <param name="Location">Where.</param>
public sealed record Diagnostic(Rule Rule, Severity Severity, string Message, Location Location)
{
    /// <summary>A finding of a rule's own severity, in its words.</summary>
    internal static Diagnostic Of(Rule rule, Location location, params object[] arguments) =>
        new(rule, rule.Severity, string.Format(CultureInfo.InvariantCulture, rule.Message, arguments), location);

    /// <summary>The form compilers print: <c>file(line,column): error PGRnnnn: message</c>.</summary>
    public override string ToString() =>
        $"{Location}: {(Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "info" })} {Rule.Id}: {Message}";
}
