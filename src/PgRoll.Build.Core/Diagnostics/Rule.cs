namespace PgRoll.Build.Diagnostics;

/// <summary>One kind of finding: what is wrong, why it matters and what to do.</summary>
/// <param name="Id">Stable code, <c>PGR</c> and four digits; never reused.</param>
/// <param name="Slug">Stable readable name, in kebab case.</param>
/// <param name="Severity">The severity unless a project says otherwise.</param>
/// <param name="Title">One line that names the rule.</param>
/// <param name="Message">The text of a finding, with <c>{0}</c>, <c>{1}</c>… for its arguments.</param>
/// <param name="Why">What happens if the finding is ignored.</param>
/// <param name="Fix">What to do about it.</param>
public sealed record Rule(string Id, string Slug, Severity Severity, string Title, string Message, string Why, string Fix)
{
    /// <summary>The page that explains the rule, with a bad and a good example.</summary>
    public string HelpLink => $"{Links.Repository}/tree/main/samples/rules/{Id}";

    /// <summary>
    /// Whether a project may set its severity, or suppress it at a place: not so for errors of a file's notation and of the history
    /// (PGR01xx), without which nothing else can be told, nor for what a database is at (PGR1001, PGR1002).
    /// </summary>
    public bool IsConfigurable => Severity is not Severity.Error || !(Id.StartsWith("PGR01", StringComparison.Ordinal) || Id is "PGR1001" or "PGR1002");

    /// <summary>Whether it is about what makes a history: files, and the names in them (PGR01xx, PGR02xx).</summary>
    internal bool IsAboutHistory => Id.StartsWith("PGR01", StringComparison.Ordinal) || Id.StartsWith("PGR02", StringComparison.Ordinal);
}
