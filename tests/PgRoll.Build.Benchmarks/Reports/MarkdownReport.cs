using System.Text;

namespace PgRoll.Build.Benchmarks.Reports;

/// <summary>The figures as a table of a README.</summary>
static class MarkdownReport
{
    public static string Of(IReadOnlyList<Figure> figures, string machine, int rounds)
    {
        var text = new StringBuilder();
        foreach (var (title, rows) in new[] { ("", figures.Where(f => f.Target is not null)), ("Without a target:", figures.Where(f => f.Target is null)) })
        {
            if (!rows.Any())
                continue;
            if (title.Length > 0)
                text.Append(title).Append("\n\n");
            text.Append("| | measured | spread | target | |\n|---|--:|--:|--:|---|\n");
            foreach (var figure in rows)
                text.Append($"| {figure.What} | {figure.Measured} | {figure.Spread} | {Target(figure)} | {figure.Detail} |\n");
            text.Append('\n');
        }
        return text.Append($"Medians of {rounds} rounds; what is compared is measured in turn, within each round. {machine}.\n").ToString();
    }

    static string Target(Figure figure) => figure.Target is null ? "" : figure.IsMet ? figure.Target : $"**missed:** {figure.Target}";
}
