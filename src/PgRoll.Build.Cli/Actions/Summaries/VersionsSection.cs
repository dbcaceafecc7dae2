using System.Globalization;
using System.Text;
using PgRoll.Build.Cli.Output;
using PgRoll.Build.Cli.Output.Findings;
using PgRoll.Build.Cli.Output.Plans;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Actions.Summaries;

/// <summary>Which versions of the schema are live, as a table and as a picture.</summary>
static class VersionsSection
{
    public static void Write(StringBuilder text, RunnerStatus status)
    {
        text.Append("| | |\n|---|---|\n");
        Row("schema", MarkdownFindings.Code(status.Schema));
        Row("state", MarkdownFindings.Cell(status.State));
        if (status.VersionSchema is { } version)
            Row("version", MarkdownFindings.Code(version));
        if (status.PreviousVersionSchema is { } previous)
            Row("old version", MarkdownFindings.Code(previous));
        if (status.State == "In progress" && status.Age is { } age)
            Row("active for", TimeText.Of(age));
        if (status.Owner.GetValueOrDefault("repository") is { } repository)
            Row("started by", $"{MarkdownFindings.Code(repository)}, run {MarkdownFindings.Code(status.Owner.GetValueOrDefault("run") ?? "")} (attempt {MarkdownFindings.Code(status.Owner.GetValueOrDefault("attempt") ?? "")}) for {MarkdownFindings.Code(status.Owner.GetValueOrDefault("actor") ?? "")}");
        text.Append('\n').Append(Picture(status));

        void Row(string name, string value) => text.Append(CultureInfo.InvariantCulture, $"| {name} | {value} |\n");
    }

    static string Picture(RunnerStatus status)
    {
        if (status.VersionSchema is not { } version)
            return "";
        var tables = $"    tables[(\"{TableDiagram.Label(status.Schema)}\")]\n";
        return status.PreviousVersionSchema is { } previous
            ? $"```mermaid\nflowchart LR\n    old[\"{TableDiagram.Label(previous)}, live: the old application\"]\n    new[\"{TableDiagram.Label(version)}, live: the new application\"]\n{tables}    old --> tables\n    new --> tables\n```\n\n"
            : $"```mermaid\nflowchart LR\n    only[\"{TableDiagram.Label(version)}, live\"]\n{tables}    only --> tables\n```\n\n";
    }
}
