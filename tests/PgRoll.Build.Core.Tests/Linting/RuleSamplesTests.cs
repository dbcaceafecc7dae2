using System.Text.RegularExpressions;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Linting.Configuration;
using PgRoll.Build.Migrations;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Core.Tests.Linting;

/// <summary>
/// Every rule has a folder in <c>samples/rules</c>, which is its documentation and its test: migrations in <c>bad</c> with the place marked
/// by a comment, <c># &lt;- PGRnnnn</c>, on its line, and migrations in <c>good</c> of which nothing is told. Those that only a database can
/// tell of are tested on one.
/// </summary>
[TestClass]
public sealed partial class RuleSamplesTests
{
    static readonly string root = Repository.Combine("samples", "rules");

    public static IEnumerable<object[]> Rules => RuleCatalog.All.Select(rule => new object[] { rule.Id });

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public void The_bad_migrations_have_this_finding_at_the_marked_places_and_no_other(string id)
    {
        var folder = Path.Combine(root, id, "bad");
        var marked = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).SelectMany(Marks).Order().ToArray();

        Assert.AreNotEqual(0, marked.Length, $"no line of {folder} is marked");
        Assert.AreEqual(string.Join('\n', marked), string.Join('\n', Lint(folder).Select(Describe).Order()));
        Assert.IsTrue(marked.All(mark => mark.EndsWith(id, StringComparison.Ordinal)), $"{id}: another rule's mark");
    }

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public void Nothing_is_told_of_the_good_migrations(string id) =>
        Assert.AreEqual("", string.Join('\n', Lint(Path.Combine(root, id, "good"))));

    static IEnumerable<Rule> All => RuleCatalog.All.Concat(RuleCatalog.Live).Concat(RuleCatalog.Verify);

    public static IEnumerable<object[]> Pages => All.Select(rule => new object[] { rule.Id });

    [TestMethod]
    [DynamicData(nameof(Pages))]
    public void The_page_says_what_the_rule_says(string id) => Golden.AssertMatches(Page(RuleCatalog.Find(id)!), Path.Combine(root, id, "README.md"));

    [TestMethod]
    public void The_index_names_every_rule() => Golden.AssertMatches(
        "# Rules\n\nEach folder explains one of them, with migrations that it is told of and others that it is not.\n\n| code | | severity | |\n|---|---|---|---|\n"
            + string.Concat(All.Select(rule => $"| [{rule.Id}]({rule.Id}) | {rule.Slug} | {rule.Severity.ToString().ToLowerInvariant()} | {rule.Title} |\n")),
        Path.Combine(root, "README.md"));

    [TestMethod]
    public void Every_folder_belongs_to_a_rule() => CollectionAssert.AreEqual(
        All.Select(rule => rule.Id).ToArray(), Directory.GetDirectories(root).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray());

    static IReadOnlyList<Diagnostic> Lint(string folder)
    {
        var set = MigrationSet.Load(folder);
        return set.Lint(new(EditorConfig: EditorConfig.For(Directory.GetFiles(folder)), Lock: MigrationLock.Read(folder))).Diagnostics;
    }

    static IEnumerable<string> Marks(string file) =>
        from line in File.ReadAllLines(file).Index()
        from Match mark in Mark().Matches(line.Item)
        select $"{Path.GetFileName(file)}({line.Index + 1}): {mark.Groups[1].Value}";

    static string Describe(Diagnostic finding) => $"{Path.GetFileName(finding.Location.File)}({finding.Location.Span.Line}): {finding.Rule.Id}";

    static string Page(Rule rule) => $"""
        # {rule.Id} {rule.Slug}

        {rule.Title} ({rule.Severity.ToString().ToLowerInvariant()}).

        {rule.Why}

        {rule.Fix}

        {Files(rule, "bad", "Told of")}{Files(rule, "good", "Not told of")}
        """.TrimEnd() + "\n";

    static string Files(Rule rule, string folder, string title) => string.Concat(
        Directory.GetFiles(Path.Combine(root, rule.Id, folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file =>
            $"{title}, `{Path.GetFileName(file)}`:\n\n```{Language(file)}\n{File.ReadAllText(file).TrimEnd()}\n```\n\n"));

    static string Language(string file) => Path.GetExtension(file) switch { ".yaml" => "yaml", ".json" => "json", ".sql" => "sql", _ => "ini" };

    [GeneratedRegex("<- (PGR[0-9]{4})")]
    private static partial Regex Mark();
}
