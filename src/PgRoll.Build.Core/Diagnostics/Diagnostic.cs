namespace PgRoll.Build.Diagnostics;

/// <summary>A finding: a rule, met at a place.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Severity">The severity in force here.</param>
/// <param name="Message">What is wrong, with the user's own names filled in.</param>
/// <param name="Location">Where.</param>
public sealed record Diagnostic(Rule Rule, Severity Severity, string Message, Location Location)
{
    /// <summary>The form compilers print: <c>file(line,column): error PGRnnnn: message</c>.</summary>
    public override string ToString() =>
        $"{Location}: {(Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "info" })} {Rule.Id}: {Message}";
}
