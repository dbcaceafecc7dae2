using System.Globalization;
using System.Text;
using PgRoll.Build.Cli.Output.Findings;
using PgRoll.Build.Engine;
using PgRoll.Build.Model;
using PgRoll.Build.Plans;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Cli.Output.Plans;

/// <summary>A plan for the summary of a job or a pull request: what happens when, what it locks, what is lost, and the tables before and after.</summary>
static class PlanMarkdown
{
    public static string Write(PlanResult planned, LintResult findings)
    {
        var plan = planned.Plan;
        var text = new StringBuilder();
        Line(text, $"## Plan of {string.Join(", ", planned.Migrations.Select(MarkdownFindings.Code))}\n");
        if (plan.VersionSchema is { } version)
            Line(text, $"The new version is {MarkdownFindings.Code(version)}{(plan.PreviousVersionSchema is { } previous ? $", the old one {MarkdownFindings.Code(previous)}" : "")}.\n");
        if (planned.Before.IsPartlyUnknown)
            Line(text, "What raw SQL did before it is not known in full: a plan made with the database at hand may differ.\n");
        if (findings.Findings.Count + findings.Suppressed.Count > 0)
            Line(text, $"{MarkdownFindings.Write(findings)}\n");
        Line(text, "### start\n");
        foreach (var stage in plan.Start)
            Steps(text, PlanScript.Describe(stage.Kind), stage.Steps, planned.Sizes);
        Line(text, "### complete\n");
        Steps(text, $"one transaction{Held(plan.CompleteLocks)}", plan.Complete, planned.Sizes);
        Steps(text, "afterwards, outside of a transaction", plan.AfterComplete, planned.Sizes);
        Lost(text, planned);
        Line(text, "### rollback, instead of complete\n");
        Line(text, $"{Sentence($"one transaction{Held(plan.RollbackLocks)}")}\n");
        var irreversible = plan.Start.SelectMany(stage => stage.Steps).Where(step => step is RawStep { Undo: null }).ToList();
        if (irreversible.Count > 0)
            Line(text, "**Raw SQL without `down` is not taken back.**\n");
        if (TableDiagram.Write(planned.Before, planned.After, plan.TouchedTables) is { Length: > 0 } diagram)
            Line(text, $"### Tables\n\n{diagram}");
        var script = PlanScript.Write(plan).TrimEnd();
        var fence = new string('`', Math.Max(3, LongestRun(script, '`') + 1));
        return text.Append(CultureInfo.InvariantCulture, $"<details><summary>SQL</summary>\n\n{fence}sql\n{script}\n{fence}\n\n</details>").ToString();
    }

    static void Steps(StringBuilder text, string title, IReadOnlyList<Step> steps, IReadOnlyList<TableSize> sizes)
    {
        if (steps.Count == 0)
            return;
        Line(text, $"{Sentence(title)}\n\n| | lock | taken back |\n|---|---|---|");
        for (var i = 0; i < steps.Count; i++)
        {
            // Nobody reads the views of 500 tables, each its own step.
            var alike = steps.Skip(i).TakeWhile(IsMinor).Count();
            Row(text, steps[i], sizes);
            if (alike > 3)
            {
                Line(text, $"| … and {alike - 2} more |  |  |");
                Row(text, steps[i + alike - 1], sizes);
                i += alike - 1;
            }
        }
        Line(text, "");
    }

    static bool IsMinor(Step step) => step is SqlStep { Lock: null, Undo: null };

    static void Row(StringBuilder text, Step step, IReadOnlyList<TableSize> sizes) => Line(text,
        $"| {MarkdownFindings.Cell(step.Why)}{Size(step, sizes)} | {(step.Lock is { } held ? MarkdownFindings.Cell(PlanScript.Words(held)) : "")} | {(step.Undo is null ? "" : "yes")} |");

    /// <summary>What takes long where the table is large.</summary>
    static string Size(Step step, IReadOnlyList<TableSize> sizes)
    {
        var table = step switch { BackfillStep backfill => backfill.Table, { Lock.Table: var locked } when step is IndexStep || step.Lock.Mode is LockMode.ShareUpdateExclusive => locked, _ => null };
        return table is not null && sizes.FirstOrDefault(size => size.Table == table.Name.Name) is { } found
            ? string.Create(CultureInfo.InvariantCulture, $" ({(found.Rows is { } rows ? $"about {rows:#,0} rows, " : "")}{Math.Max(1, found.Bytes >> 20):#,0} MB)")
            : "";
    }

    static void Lost(StringBuilder text, PlanResult planned)
    {
        var lost = planned.Plan.Drops.Where(drop => drop.Kind is DropKind.Table || (drop.Kind is DropKind.Column && drop.Name != GeneratedNames.Marker)).ToList();
        if (lost.Count == 0)
            return;
        Line(text, "Lost for good:\n");
        foreach (var drop in lost)
            Line(text, drop.Kind is DropKind.Table ? $"- table {MarkdownFindings.Code(drop.Table.Name.Name)} and its rows"
                : planned.After.Tables.Any(table => table.Physical == drop.Table.Name.Name && table.Find(drop.Name) is not null) ? $"- the old version's values of {MarkdownFindings.Code($"{drop.Table.Name.Name}.{drop.Name}")}"
                : $"- column {MarkdownFindings.Code($"{drop.Table.Name.Name}.{drop.Name}")} and its values");
        Line(text, "");
    }

    static string Held(IReadOnlyList<QualifiedName> locks) =>
        locks.Count == 0 ? "" : $", which holds ACCESS EXCLUSIVE on {string.Join(", ", locks.Select(name => MarkdownFindings.Cell(name.ToString())))}";

    static string Sentence(string words) => $"{char.ToUpperInvariant(words[0])}{words[1..]}{(words.EndsWith('.') ? "" : ".")}";

    static int LongestRun(string text, char of)
    {
        var (longest, run) = (0, 0);
        foreach (var c in text)
            longest = Math.Max(longest, run = c == of ? run + 1 : 0);
        return longest;
    }

    static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
