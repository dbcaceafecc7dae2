using System.Globalization;
using System.Text;

namespace PgRoll.Build.Benchmarks.Reports;

/// <summary>A start over time, as SVG: how many rows a second are filled, and below it how long clients wait for their writes.</summary>
static class RolloutChart
{
    const double Width = 760, Left = 70, Top = 34, Height = 130, Gap = 56;
    static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(500);

    public static string Draw(
        IReadOnlyList<(TimeSpan At, long Rows)> filled, IReadOnlyList<(TimeSpan At, double Milliseconds)> writes, TimeSpan from, TimeSpan to)
    {
        var (first, last) = (from - TimeSpan.FromSeconds(4), to + TimeSpan.FromSeconds(2));
        List<TimeSpan> slots = [];
        for (var slot = first; slot < last; slot += Slot)
            slots.Add(slot);
        double X(TimeSpan at) => Left + (at - first) / (last - first) * (Width - Left - 20);
        Series In(TimeSpan slot) => new([.. writes.Where(w => w.At >= slot && w.At < slot + Slot).Select(w => w.Milliseconds)]);

        var text = new StringBuilder();
        text.Append(Number($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Top + 2 * Height + Gap + 34}" font-family="sans-serif" font-size="12">"""));
        text.Append("<style>text{fill:#57606a}.t{font-weight:bold}.g{stroke:#8c959f;stroke-opacity:.35}.r{fill:#0969da;fill-opacity:.75}.a{fill:none;stroke:#1a7f37;stroke-width:2}.b{fill:none;stroke:#bc4c00;stroke-width:2}</style>\n");
        var below = Top + Height + Gap;
        text.Append(Number($"""<rect x="{X(from)}" y="{Top}" width="{X(to) - X(from)}" height="{below + Height - Top}" fill="#8c959f" fill-opacity=".12"/>"""));
        text.Append(Number($"""<text x="{X(from) + 4}" y="{Top + Height + 24}">start</text>""")).Append('\n');

        var rates = slots.ConvertAll(slot => (Rows(filled, slot + Slot) - Rows(filled, slot)) / Slot.TotalSeconds);
        var most = Axis(text, "rows filled a second", Top, rates.Max());
        for (var i = 0; i < slots.Count; i++)
            if (rates[i] > 0)
                text.Append(Number($"""<rect class="r" x="{X(slots[i])}" y="{Top + Height * (1 - rates[i] / most)}" width="{X(slots[i] + Slot) - X(slots[i]) - 1}" height="{Height * rates[i] / most}"/>"""));
        text.Append('\n');

        var waits = slots.ConvertAll(In);
        most = Axis(text, "milliseconds a client waits for its write: median, p99", below, waits.Where(w => w.Values.Count > 0).Max(w => w.Percentile(0.99)));
        foreach (var (style, part) in new[] { ("a", 0.5), ("b", 0.99) })
        {
            var points = slots.Zip(waits).Where(s => s.Second.Values.Count > 0)
                .Select(s => Number($"{X(s.First + Slot / 2)},{below + Height * (1 - s.Second.Percentile(part) / most)}"));
            text.Append($"""<polyline class="{style}" points="{string.Join(' ', points)}"/>""").Append('\n');
        }
        for (var second = 0; second <= (last - first).TotalSeconds; second += 2)
            text.Append(Number($"""<text x="{X(first + TimeSpan.FromSeconds(second))}" y="{below + Height + 18}" text-anchor="middle">{second} s</text>"""));
        return text.Append("\n</svg>\n").ToString();
    }

    /// <summary>The most that has been reported by then.</summary>
    static long Rows(IReadOnlyList<(TimeSpan At, long Rows)> filled, TimeSpan by) => filled.LastOrDefault(f => f.At <= by).Rows;

    /// <summary>A title and three lines; what the topmost stands for.</summary>
    static double Axis(StringBuilder text, string title, double top, double most)
    {
        var step = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(most, 1e-3))));
        var end = Math.Ceiling(most / step) * step;
        text.Append(Number($"""<text class="t" x="{Left}" y="{top - 10}">{title}</text>"""));
        foreach (var part in new[] { 0, 0.5, 1 })
        {
            var y = top + Height * (1 - part);
            text.Append(Number($"""<line class="g" x1="{Left}" x2="{Width - 20}" y1="{y}" y2="{y}"/><text x="{Left - 8}" y="{y + 4}" text-anchor="end">{(end * part).ToString("#,0.##", CultureInfo.InvariantCulture)}</text>"""));
        }
        text.Append('\n');
        return end;
    }

    /// <summary>A tenth of a point is more than anybody sees.</summary>
    static string Number(FormattableString text) =>
        string.Format(CultureInfo.InvariantCulture, text.Format, [.. text.GetArguments().Select(a => a is double number ? Math.Round(number, 1) : a)]);
}
