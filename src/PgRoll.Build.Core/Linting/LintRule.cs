using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Linting;

/// <summary>A risk that a migration which can run may still bear, and how it is found.</summary>
/// <param name="rule">What is found.</param>
abstract class LintRule(Rule rule)
{
    /// <summary>What is found.</summary>
    public Rule Rule { get; } = rule;

    /// <summary>Looks at one migration.</summary>
    public abstract void Check(LintContext context);
}
