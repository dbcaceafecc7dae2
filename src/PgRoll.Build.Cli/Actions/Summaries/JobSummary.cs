using System.Globalization;
using System.Text;
using PgRoll.Build.Cli.Actions.Workflow;
using PgRoll.Build.Cli.Output;
using PgRoll.Build.Cli.Output.Findings;
using PgRoll.Build.Cli.Output.Plans;
using PgRoll.Build.Cli.Output.Verifications;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Actions.Summaries;

/// <summary>The page of a step: what happened, between which versions, what was found, what it did in detail, and what to do next.</summary>
sealed class JobSummary
{
    /// <summary>What happened, in a sentence.</summary>
    public string? Headline { get; set; }

    /// <summary>What is wrong, where something is.</summary>
    public string? Error { get; set; }

    /// <summary>What to do next, where the state alone does not say it.</summary>
    public string? Next { get; set; }

    public RunnerStatus? Status { get; set; }

    public PlanResult? Plan { get; set; }

    public VerifyResult? Proof { get; set; }

    public string Write(ActionRun run, ExitReason code)
    {
        var text = new StringBuilder();
        Line(text, $"## {(code == ExitReason.Done ? "✅" : code == ExitReason.Interrupted ? "⏸️" : "❌")} pgroll {MarkdownFindings.Cell(run.Inputs.Command ?? "")}\n");
        if (Headline is not null)
            Line(text, $"{Headline}\n");
        if (Error is not null)
            Line(text, $"{Fenced(Error, "text")}\n");
        foreach (var (_, notice) in run.Notices.Texts.Where(notice => notice.Text != Error))
            Line(text, $"> {MarkdownFindings.Cell(notice)}\n");
        if (Status is { } status)
            VersionsSection.Write(text, status);
        Migrations(text, run);
        if (run.Findings is { } findings && findings.Findings.Count + findings.Suppressed.Count > 0)
            Line(text, $"{MarkdownFindings.Write(findings)}\n");
        if (Proof is { } proof)
            Proved(text, proof);
        Backfills(text, run);
        if (Plan is { } plan)
            Detail(text, run, plan);
        if ((Next ?? (Status is { } now ? StatusText.Next(now) : null)) is { Length: > 0 } next)
            Line(text, $"**Next:** {next}\n");
        return text.ToString().TrimEnd();
    }

    void Migrations(StringBuilder text, ActionRun run)
    {
        var active = Status?.Migrations ?? [];
        var names = Plan?.Migrations.Union(active).ToList() ?? [.. active];
        if (names.Count == 0)
            return;
        Line(text, "| migration | state |\n|---|---|");
        foreach (var name in names)
            Line(text, $"| {MarkdownFindings.Code(name)} | {(active.Contains(name) ? Status!.Phase == "Starting" ? "starting" : "active" : run.Outputs["state"] == "completed" && run.Outputs["result"].Length > 0 ? "completed" : "pending")} |");
        Line(text, "");
    }

    static void Backfills(StringBuilder text, ActionRun run)
    {
        if (!run.Progress.Tables.Any())
            return;
        Line(text, "| backfill | passed | rows | rows/s |\n|---|--:|--:|--:|");
        foreach (var table in run.Progress.Tables)
            Line(text, string.Create(CultureInfo.InvariantCulture, $"| {MarkdownFindings.Code(table.Table)} | {table.Fraction:0%} | {table.Rows:N0} | {table.RowsPerSecond:N0} |"));
        Line(text, "");
    }

    /// <summary>Each rollout in a fold, as far as they fit on the page.</summary>
    static void Proved(StringBuilder text, VerifyResult proof)
    {
        var detail = VerifyMarkdown.Rollouts(proof);
        Line(text, WorkflowFiles.SizeOf(text.ToString()) + WorkflowFiles.SizeOf(detail) > WorkflowFiles.LongestSummary
            ? "What was measured is too long for this page: the file of output `report-path` has it.\n"
            : $"{detail}\n");
    }

    /// <summary>The plan in a fold; of one that is too long for the page, nothing but where to find it.</summary>
    static void Detail(StringBuilder text, ActionRun run, PlanResult plan)
    {
        var detail = PlanMarkdown.Write(plan, new([], [], []));
        Line(text, WorkflowFiles.SizeOf(text.ToString()) + WorkflowFiles.SizeOf(detail) > WorkflowFiles.LongestSummary
            ? "The plan is too long for this page: `dotnet pgroll plan --online` prints it.\n"
            : run.Inputs.Command == "plan" ? $"{detail}\n" : $"<details><summary>Plan</summary>\n\n{detail}\n\n</details>\n");
    }

    /// <summary>Text between fences that it cannot end.</summary>
    static string Fenced(string body, string language)
    {
        var fence = "```";
        while (body.Contains(fence, StringComparison.Ordinal))
            fence += "`";
        return $"{fence}{language}\n{body}\n{fence}";
    }

    static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
