using PgRoll.Build.Diagnostics;
using PgRoll.Build.Migrations;

namespace PgRoll.Build.Linting;

/// <summary>A finding that somebody judged.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="Reason">Why it does not matter; null where nothing is said.</param>
public sealed record SuppressedFinding(Diagnostic Finding, string? Reason);

/// <summary>The suppressions of several migrations.</summary>
sealed class Suppressions
{
    readonly ILookup<string, Suppression> byFile;

    Suppressions(IEnumerable<Suppression> all) => byFile = all.ToLookup(suppression => suppression.Document);

    public static Suppressions Of(IEnumerable<Migration> migrations, bool needsReason, Report report) =>
        new([.. migrations.SelectMany(migration => SuppressionReader.Read(migration, needsReason, report))]);

    /// <summary>Divides findings into those that stand and those that are suppressed.</summary>
    public (IReadOnlyList<Diagnostic> InForce, IReadOnlyList<SuppressedFinding> Suppressed) Divide(IEnumerable<Diagnostic> findings)
    {
        List<Diagnostic> inForce = [];
        List<SuppressedFinding> suppressed = [];
        foreach (var finding in findings)
            if (finding.Rule.IsConfigurable && byFile[finding.Location.File].FirstOrDefault(s => s.Covers(finding)) is { } by)
                suppressed.Add(new(finding, by.Reason));
            else
                inForce.Add(finding);
        return (inForce, suppressed);
    }

    /// <summary>
    /// Reports what suppresses nothing. Of a file that could only be read in part nobody knows what would be found, nor of a database what
    /// its rows say.
    /// </summary>
    public void ReportUnused(IReadOnlyList<Diagnostic> findings, IEnumerable<Migration> migrations, Report report)
    {
        var found = findings.ToLookup(finding => finding.Location.File);
        foreach (var migration in migrations.Where(migration => !migration.IsPartlyRead))
            foreach (var suppression in byFile[migration.Document.File])
                foreach (var code in suppression.Codes.Except(RuleCatalog.Live.Concat(RuleCatalog.Verify).Select(rule => rule.Id)))
                    if (!found[migration.Document.File].Any(finding => finding.Rule.Id == code && suppression.Covers(finding)))
                        report.For(migration.Document).Add(SuppressionRules.Unused, suppression.Comment, code);
    }
}
