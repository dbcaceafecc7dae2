using PgRoll.Build.Diagnostics;
using PgRoll.Build.Linting;
using PgRoll.Build.Linting.Configuration;

namespace PgRoll.Build.Core.Tests.Linting;

[TestClass]
public sealed class EditorConfigTests
{
    readonly string root = Directory.CreateTempSubdirectory("pgroll-editorconfig-").FullName;

    [TestCleanup]
    public void RemoveFolder() => Directory.Delete(root, recursive: true);

    [TestMethod]
    [DataRow("error", "error PGR0602")]
    [DataRow("warning", "warning PGR0602")]
    [DataRow("suggestion", "info PGR0602")]
    [DataRow("silent", "")]
    [DataRow("none", "")]
    [DataRow("default", "warning PGR0602")]
    [DataRow("ERROR", "error PGR0602")]
    [DataRow("error # too often forgotten", "error PGR0602")]
    [DataRow("none ; not ours", "")]
    public void A_rule_gets_its_severity(string severity, string told) =>
        Assert.AreEqual(told, Told($"root = true\n[*.yaml]\ndotnet_diagnostic.PGR0602.severity = {severity}\n"));

    [TestMethod]
    [DataRow("[*]\nDotNet_Diagnostic.pgr0602.Severity = None", "", DisplayName = "letters of either case")]
    [DataRow("[*]\n  dotnet_diagnostic.PGR0602.severity=none  ", "", DisplayName = "blanks")]
    [DataRow("[*]\r\ndotnet_diagnostic.PGR0602.severity = none\r\n", "", DisplayName = "lines of Windows")]
    [DataRow("[*] # all of them\ndotnet_diagnostic.PGR0602.severity = none", "", DisplayName = "a comment behind a section")]
    [DataRow("[*]\n# dotnet_diagnostic.PGR0602.severity = none\n; dotnet_diagnostic.PGR0602.severity = none", "warning PGR0602", DisplayName = "comments")]
    [DataRow("dotnet_diagnostic.PGR0602.severity = none", "warning PGR0602", DisplayName = "before any section")]
    [DataRow("[*]\ndotnet_diagnostic.PGR0602.severity = none\ndotnet_diagnostic.PGR0602.severity = error", "error PGR0602", DisplayName = "the last line of a section counts")]
    [DataRow("[*]\ndotnet_diagnostic.PGR0602.severity = none\n[*.yaml]\ndotnet_diagnostic.PGR0602.severity = error", "error PGR0602", DisplayName = "the last section counts")]
    [DataRow("[*]\ndotnet_diagnostic.PGR0602.severity = none\n[*.cs]\ndotnet_diagnostic.PGR0602.severity = error", "", DisplayName = "a section of other files")]
    [DataRow("[*]\ndotnet_diagnostic.CA2000.severity = sometimes\nindent_size = 4\nnonsense", "warning PGR0602", DisplayName = "what is others' business")]
    public void It_is_read_as_others_read_it(string file, string told) => Assert.AreEqual(told, Told($"root = true\n{file}"));

    [TestMethod]
    [DataRow("dotnet_diagnostic.PGR9602.severity = none", "there is no rule 'PGR9602'")]
    [DataRow("dotnet_diagnostic.PGR0602.severity = off", "there is no severity 'off'; write error, warning, suggestion, silent, none or default")]
    [DataRow("dotnet_diagnostic.PGR0602.severity =", "there is no severity ''; write error, warning, suggestion, silent, none or default")]
    [DataRow("dotnet_diagnostic.PGR0101.severity = none", "the severity of PGR0101 is always error")]
    public void A_line_without_effect_is_told(string line, string problem)
    {
        var found = LintVisits($"root = true\n[*]\n  {line}\n")[0];
        Assert.AreEqual($"PGR0004 (3,3) This line has no effect: {problem}.", $"{found.Rule.Id} ({found.Location.Span.Line},{found.Location.Span.Column}) {found.Message}");
        Assert.AreEqual(Path.Combine(root, ".editorconfig"), found.Location.File);
    }

    [TestMethod]
    [DataRow("*.yaml", "01_a.yaml", true)]
    [DataRow("*.yaml", "db/migrations/01_a.yaml", true)]
    [DataRow("*.yaml", "01_a.yml", false)]
    [DataRow("*.YAML", "01_a.yaml", false)]
    [DataRow("*", "db/01_a.yaml", true)]
    [DataRow("01_*", "db/01_a.yaml", true)]
    [DataRow("/*.yaml", "01_a.yaml", true)]
    [DataRow("/*.yaml", "db/01_a.yaml", false)]
    [DataRow("db/*.yaml", "db/01_a.yaml", true)]
    [DataRow("db/*.yaml", "db/old/01_a.yaml", false)]
    [DataRow("db/*.yaml", "src/db/01_a.yaml", false)]
    [DataRow("db/**.yaml", "db/old/01_a.yaml", true)]
    [DataRow("db/**/*.yaml", "db/old/older/01_a.yaml", true)]
    [DataRow("db/**/*.yaml", "db/01_a.yaml", true)]
    [DataRow("**/db/*.yaml", "db/01_a.yaml", true)]
    [DataRow("**/db/*.yaml", "src/db/01_a.yaml", true)]
    [DataRow("**", "src/db/01_a.yaml", true)]
    [DataRow("0?_a.yaml", "01_a.yaml", true)]
    [DataRow("0?a.yaml", "0/a.yaml", false)]
    [DataRow("0[12]_a.yaml", "02_a.yaml", true)]
    [DataRow("0[12]_a.yaml", "03_a.yaml", false)]
    [DataRow("0[1-3]_a.yaml", "03_a.yaml", true)]
    [DataRow("0[!12]_a.yaml", "03_a.yaml", true)]
    [DataRow("0[!12]_a.yaml", "01_a.yaml", false)]
    [DataRow("[ab]/*.yaml", "a/01.yaml", true)]
    [DataRow("*.{yaml,yml,json}", "01_a.yml", true)]
    [DataRow("*.{yaml,yml,json}", "01_a.jsonl", false)]
    [DataRow("{a,b{c,d}}.yaml", "bd.yaml", true)]
    [DataRow("{a,b{c,d}}.yaml", "b.yaml", false)]
    [DataRow("{a,{b},c}.yaml", "{b}.yaml", true)]
    [DataRow("{a,{b},c}.yaml", "c.yaml", true)]
    [DataRow("{a}.yaml", "{a}.yaml", true)]
    [DataRow("{a}.yaml", "a.yaml", false)]
    [DataRow("{a,b.yaml", "{a,b.yaml", true)]
    [DataRow("a,b}.yaml", "a,b}.yaml", true)]
    [DataRow("{db,src}/**.yaml", "src/a/01.yaml", true)]
    [DataRow("{1..12}_a.yaml", "7_a.yaml", true)]
    [DataRow("{1..12}_a.yaml", "12_a.yaml", true)]
    [DataRow("{1..12}_a.yaml", "13_a.yaml", false)]
    [DataRow("{-2..2}.yaml", "-1.yaml", true)]
    [DataRow("\\{a\\}.yaml", "{a}.yaml", true)]
    [DataRow("\\*.yaml", "a.yaml", false)]
    [DataRow("a+(b).yaml", "a+(b).yaml", true)]
    [DataRow("[z-a].yaml", "[z-a].yaml", true)]
    [DataRow("01_a.yaml", "101_a.yaml", false)]
    public void A_section_is_for_the_paths_that_its_name_matches(string section, string path, bool matches) =>
        Assert.AreEqual(matches, PathGlob.ToRegex(section).IsMatch("/" + path), $"[{section}] {path}");

    [TestMethod]
    public void The_nearest_file_wins()
    {
        Write(".editorconfig", "root = true\n[*]\ndotnet_diagnostic.PGR0602.severity = error\ndotnet_diagnostic.PGR0903.severity = warning");
        Write("db/.editorconfig", "[*.yaml]\ndotnet_diagnostic.PGR0602.severity = none");
        Write("db/01_a.yaml", WithTimestamp);
        Write("old/01_a.yaml", WithTimestamp);

        Assert.AreEqual("warning PGR0903", Told(Lint(Path.Combine(root, "db"))));
        Assert.AreEqual("error PGR0602 warning PGR0903", Told(Lint(Path.Combine(root, "old"))));
    }

    [TestMethod]
    public void The_root_ends_the_search()
    {
        Write(".editorconfig", "[*]\ndotnet_diagnostic.PGR0602.severity = none");
        Write("db/.editorconfig", "\uFEFFROOT = True\n");
        Write("db/01_a.yaml", WithTimestamp);
        Write("old/01_a.yaml", WithTimestamp);
        Write("old/.editorconfig", "[*]\nroot = true\n");

        Assert.AreEqual("warning PGR0602 info PGR0903", Told(Lint(Path.Combine(root, "db"))));
        Assert.AreEqual("info PGR0903", Told(Lint(Path.Combine(root, "old"))), "root in a section is no root");
        CollectionAssert.AreEqual(new[] { Path.Combine(root, "db", ".editorconfig") }, EditorConfig.For([Path.Combine(root, "db", "01_a.yaml")]).Files.ToArray());
    }

    [TestMethod]
    public void A_finding_that_is_suppressed_stays_so_whatever_its_severity()
    {
        Write(".editorconfig", "root = true\n[*]\ndotnet_diagnostic.PGR0602.severity = error\ndotnet_diagnostic.PGR0903.severity = none");
        Write("01_a.yaml", "# pgroll-disable-file PGR0602, PGR0903: an import\n" + WithTimestamp);
        Assert.AreEqual("", Told(Lint(root)));
    }

    const string WithTimestamp = """
        operations:
          - create_table:
              name: visits
              columns:
                - { name: at, type: timestamp }
        """;

    string Told(string editorConfig) => Told(LintVisits(editorConfig));

    static string Told(IEnumerable<Diagnostic> findings) => string.Join(' ', findings.Select(finding => $"{finding.Severity.ToString().ToLowerInvariant()} {finding.Rule.Id}"));

    IReadOnlyList<Diagnostic> LintVisits(string editorConfig)
    {
        Write(".editorconfig", editorConfig);
        Write("01_visits.yaml", "operations:\n  - create_table: { name: visits, columns: [{ name: page, type: text }] }\n");
        return Lint(root);
    }

    static IReadOnlyList<Diagnostic> Lint(string folder) =>
        MigrationSet.Load(folder).Lint(new LintSettings { EditorConfig = EditorConfig.For(Directory.GetFiles(folder, "*.yaml")) }).Diagnostics;

    void Write(string path, string text)
    {
        var full = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
