using PgRoll.Build.Diagnostics;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Core.Tests.Linting;

/// <summary>What is told of pgroll's own examples: each line is a risk that a person would want to know of.</summary>
[TestClass]
public sealed class CorpusLintTests
{
    static readonly MigrationSet corpus = MigrationSet.Load(Repository.Combine("tests", "Corpus", "pgroll-examples")).Lint();

    [TestMethod]
    public void Each_finding_is_known() => Golden.AssertMatches(
        string.Concat(corpus.Diagnostics.Select(finding => $"{Path.GetFileName(finding.Location.File)}({finding.Location.Span.Line},{finding.Location.Span.Column}): {Describe(finding)}\n")),
        Repository.Combine("tests", "PgRoll.Build.Core.Tests", "Linting", "corpus.verified.txt"));

    [TestMethod]
    public void The_only_error_is_the_column_that_one_of_them_forgot_to_rename() =>
        Assert.AreEqual("35_alter_column_multiple.yaml PGR0206", string.Join('\n', corpus.Diagnostics
            .Where(finding => finding.Severity is Severity.Error).Select(finding => $"{Path.GetFileName(finding.Location.File)} {finding.Rule.Id}")));

    static string Describe(Diagnostic finding) => $"{finding.Severity.ToString().ToLowerInvariant()} {finding.Rule.Id}: {finding.Message}";
}
