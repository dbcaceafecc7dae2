using System.Reflection;
using System.Text.RegularExpressions;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Core.Tests.Architecture;

[TestClass]
public sealed partial class ArchitectureTests
{
    static readonly Assembly Core = typeof(MigrationSet).Assembly;

    [TestMethod]
    public void The_public_surface_is_the_reviewed_one() => Golden.AssertMatches(PublicApi.Of(Core), "PublicApi.verified.txt");

    [TestMethod]
    public void Core_refers_to_the_framework_and_YamlDotNet_alone()
    {
        var others = Core.GetReferencedAssemblies().Select(a => a.Name!).Where(name => name is not "netstandard" && !name.StartsWith("System.", StringComparison.Ordinal));

        CollectionAssert.AreEqual(new[] { "YamlDotNet" }, others.ToArray());
    }

    [TestMethod]
    public void Every_rule_has_an_id_of_its_own_and_says_why_and_what_to_do()
    {
        var rules = Core.GetTypes()
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(f => f.FieldType == typeof(Rule))
            .Select(f => (Rule)f.GetValue(null)!)
            .ToList();

        Assert.IsGreaterThan(20, rules.Count);
        CollectionAssert.AllItemsAreUnique(rules.Select(r => r.Id).ToList());
        CollectionAssert.AllItemsAreUnique(rules.Select(r => r.Slug).ToList());
        foreach (var rule in rules)
        {
            StringAssert.Matches(rule.Id, RuleId());
            Assert.IsTrue(rule.Why.EndsWith('.') && rule.Fix.EndsWith('.'), rule.Id);
        }
    }

    /// <summary>Text becomes SQL without a check at these places only; one more must be argued for.</summary>
    [TestMethod]
    public void Text_is_taken_for_SQL_in_few_places()
    {
        var places = Directory.EnumerateFiles(Repository.Combine("src"), "*.cs", SearchOption.AllDirectories)
            .Select(file => (File: Path.GetFileName(file), Count: RawCall().Count(File.ReadAllText(file))))
            .Where(place => place.Count > 0)
            .Select(place => $"{place.File} {place.Count}")
            .Order(StringComparer.Ordinal);

        Assert.AreEqual("PlanJson.cs 4, RawSql.cs 1, SqlClause.cs 1, SqlExpression.cs 2", string.Join(", ", places));
    }

    [GeneratedRegex(@"^PGR\d{4}$")]
    private static partial Regex RuleId();

    [GeneratedRegex(@"\bSql\.Raw\(")]
    private static partial Regex RawCall();
}
