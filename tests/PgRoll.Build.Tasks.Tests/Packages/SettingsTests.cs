using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Tasks.Tests.Packages;

/// <summary>What a project may set: the package's files, its README and what an editor shows must say the same.</summary>
[TestClass]
public sealed partial class SettingsTests
{
    const string Rules = "http://schemas.microsoft.com/build/2009/properties";

    /// <summary>For this repository, and for a command line.</summary>
    static readonly string[] NoSettings = ["PgRollTasksAssembly", "PgRollRunner", "PgRollTaskFactory", "PgRollSet"];

    static readonly string Package = Repository.Combine("src/PgRoll.Build.Tasks");

    static XDocument RuleFile => XDocument.Load(Path.Combine(Package, "build/PgRoll.Build.xaml"));

    [TestMethod]
    public void The_targets_the_README_and_the_rule_file_know_the_same_settings()
    {
        var used = Directory.GetFiles(Path.Combine(Package, "build"), "PgRoll.Build*s")
            .SelectMany(file => Setting().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).Except(NoSettings).Distinct();
        var documented = Row().Matches(Section("## Settings")).Select(match => match.Groups[1].Value).ToList();
        var shown = Properties().Select(property => property.Attribute("Name")!.Value);

        Assert.AreEqual(Sorted(documented), Sorted(used));
        Assert.AreEqual(Sorted(documented), Sorted(shown));
        CollectionAssert.AllItemsAreUnique(documented);
    }

    [TestMethod]
    public void The_README_lists_the_errors_that_are_no_findings() => Assert.AreEqual(
        string.Join('\n', BuildErrors.All.Select(error => $"| {error.Code} | {error.Meaning} |")),
        string.Join('\n', Section("## Errors").Split('\n').Where(line => line.StartsWith("| PGR", StringComparison.Ordinal))));

    [TestMethod]
    public void The_rule_file_is_made_of_what_MSBuild_reads_there()
    {
        var root = Path.Combine(PackagesFolder, "microsoft.build.framework", "17.7.2", "ref", "net472", "Microsoft.Build.Framework.dll");
        var types = CSharpCompilation.Create("Types", references: [MetadataReference.CreateFromFile(root)]);
        foreach (var element in RuleFile.Descendants())
        {
            Assert.AreEqual(Rules, element.Name.NamespaceName);
            var (typeName, member) = element.Name.LocalName.Split('.') is [var type, var property] ? (type, property) : (element.Name.LocalName, null);
            var members = Members(types, typeName);
            if (member is not null)
                CollectionAssert.Contains(members, member);
            foreach (var attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
                CollectionAssert.Contains(members, attribute.Name.LocalName, $"{element}");
        }
        var categories = RuleFile.Descendants(XName.Get("Category", Rules)).Select(category => category.Attribute("Name")!.Value).ToList();
        foreach (var property in Properties())
            CollectionAssert.Contains(categories, property.Attribute("Category")!.Value);
    }

    static IEnumerable<XElement> Properties() => RuleFile.Root!.Elements().Where(element => element.Name.LocalName.EndsWith("Property", StringComparison.Ordinal));

    static List<string> Members(CSharpCompilation types, string name)
    {
        List<string> members = [];
        for (var type = types.GetTypeByMetadataName("Microsoft.Build.Framework.XamlTypes." + name); type is not null; type = type.BaseType)
            members.AddRange(type.GetMembers().OfType<IPropertySymbol>().Select(property => property.Name));
        Assert.IsNotEmpty(members, name);
        return members;
    }

    static string Section(string heading)
    {
        var readme = File.ReadAllText(Path.Combine(Package, "README.md"));
        var start = readme.IndexOf(heading + "\n", StringComparison.Ordinal);
        var end = readme.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return readme[start..(end < 0 ? readme.Length : end)];
    }

    static string Sorted(IEnumerable<string> names) => string.Join('\n', names.Order(StringComparer.Ordinal));

    internal static string PackagesFolder { get; } = typeof(SettingsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "NuGetPackageRoot").Value!;

    [GeneratedRegex(@"\$\((PgRoll\w+|PublishPgRoll\w+|EnableDefaultPgRoll\w+)[).]")]
    private static partial Regex Setting();

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
