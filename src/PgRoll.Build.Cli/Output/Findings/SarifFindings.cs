using System.Text.Json;
using System.Text.Json.Serialization;
using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Cli.Output.Findings;

/// <summary>SARIF 2.1.0, for code scanning.</summary>
static class SarifFindings
{
    const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";
    const string Home = Links.Repository;

    public static string Write(LintResult result)
    {
        var prints = new Fingerprints();
        var all = result.Findings.Select(finding => (Finding: finding, Suppressions: (IReadOnlyList<SarifSuppression>?)null))
            .Concat(result.Suppressed.Select(s => (s.Finding, Suppressions: (IReadOnlyList<SarifSuppression>?)[new("inSource", s.Reason)]))).ToList();
        var rules = all.Select(found => found.Finding.Rule).Distinct().OrderBy(rule => rule.Id, StringComparer.Ordinal).ToList();
        var driver = new SarifDriver("PgRoll.Build", Home, typeof(SarifFindings).Assembly.GetName().Version!.ToString(3), [.. rules.Select(Describe)]);
        var results = all.Select(found => new SarifResult(
            found.Finding.Rule.Id, rules.IndexOf(found.Finding.Rule), Level(found.Finding.Severity), new(found.Finding.Message),
            [Locate(found.Finding.Location)], new(prints.Next(found.Finding)), found.Suppressions));
        return JsonSerializer.Serialize(new SarifLog(Schema, "2.1.0", [new(new(driver), "utf16CodeUnits", [.. results])]), JsonOutput.Reports.SarifLog);
    }

    static SarifRule Describe(Rule rule) => new(
        rule.Id, rule.Slug, new(rule.Title), new(rule.Why), new($"{rule.Why}\n\n{rule.Fix}"), rule.HelpLink, new(Level(rule.Severity)));

    static SarifLocation Locate(Location location) => new(
        new(new(Uri.EscapeDataString(FindingsFormat.PathOf(location.File)).Replace("%2F", "/", StringComparison.Ordinal)),
            new(location.Span.Line, location.Span.Column, location.Span.EndLine, location.Span.EndColumn)),
        location.Path.Length == 0 ? null : [new(location.Path)]);

    static string Level(Severity severity) => severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "note" };
}

sealed record SarifLog([property: JsonPropertyName("$schema")] string Schema, string Version, IReadOnlyList<SarifRun> Runs);

sealed record SarifRun(SarifTool Tool, string ColumnKind, IReadOnlyList<SarifResult> Results);

sealed record SarifTool(SarifDriver Driver);

sealed record SarifDriver(string Name, string InformationUri, string Version, IReadOnlyList<SarifRule> Rules);

sealed record SarifRule(string Id, string Name, SarifText ShortDescription, SarifText FullDescription, SarifText Help, string HelpUri, SarifConfiguration DefaultConfiguration);

sealed record SarifText(string Text);

sealed record SarifConfiguration(string Level);

sealed record SarifResult(
    string RuleId, int RuleIndex, string Level, SarifText Message, IReadOnlyList<SarifLocation> Locations, SarifFingerprints PartialFingerprints,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<SarifSuppression>? Suppressions);

sealed record SarifLocation(
    SarifPhysicalLocation PhysicalLocation, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<SarifLogicalLocation>? LogicalLocations);

sealed record SarifPhysicalLocation(SarifArtifact ArtifactLocation, SarifRegion Region);

sealed record SarifArtifact(string Uri);

sealed record SarifRegion(int StartLine, int StartColumn, int EndLine, int EndColumn);

sealed record SarifLogicalLocation(string FullyQualifiedName);

sealed record SarifFingerprints([property: JsonPropertyName("finding/v1")] string Finding);

sealed record SarifSuppression(string Kind, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Justification);
