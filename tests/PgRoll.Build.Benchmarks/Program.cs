using System.CommandLine;
using System.Globalization;
using PgRoll.Build.Benchmarks;
using PgRoll.Build.Benchmarks.Reports;
using PgRoll.Build.Testing;

var names = new Argument<string[]>("benchmarks") { Description = "Which ones; all unless named." };
names.AcceptOnlyFromAmong([.. BenchmarkCatalog.All.Select(b => b.Name)]);
var majors = new Option<int[]>("--major") { Description = "PostgreSQL's major version, or several.", AllowMultipleArgumentsPerToken = true };
var rounds = new Option<int>("--rounds") { Description = "How often each thing is measured.", DefaultValueFactory = _ => 5 };
var rows = new Option<int>("--rows") { Description = "Rows of the large table.", DefaultValueFactory = _ => 1_000_000 };
var folder = new Option<DirectoryInfo>("--report") { Description = "The folder to write report.md and the charts to.", DefaultValueFactory = _ => new(Repository.Combine("artifacts/benchmarks")) };
var root = new RootCommand("Measures the product side by side with what it is compared with: "
    + string.Join("; ", BenchmarkCatalog.All.Select(b => $"{b.Name}: {b.Description}")) + ".") { names, majors, rounds, rows, folder };
root.SetAction(async (parse, ct) =>
{
    var wanted = parse.GetValue(names) is { Length: > 0 } some ? BenchmarkCatalog.All.Where(b => some.Contains(b.Name)) : BenchmarkCatalog.All;
    var reports = new List<string>();
    var target = parse.GetValue(folder)!;
    target.Create();
    foreach (var major in parse.GetValue(majors) is { Length: > 0 } given ? given.Select(static m => (int?)m) : [null])
    {
        await using var bench = new Bench(new(major, parse.GetValue(rounds), parse.GetValue(rows)));
        var figures = new List<Figure>();
        foreach (var benchmark in wanted)
        {
            Console.WriteLine($"{benchmark.Name}: {benchmark.Description}");
            var seconds = await Bench.SecondsAsync(async () =>
            {
                foreach (var figure in await benchmark.RunAsync(bench))
                {
                    figures.Add(figure);
                    Console.WriteLine($"  {figure.What}: {figure.Measured} ({figure.Spread}) {(figure.Target is null ? "" : figure.IsMet ? figure.Target : "MISSED " + figure.Target)} {figure.Detail}");
                }
            });
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {seconds:0} s"));
        }
        reports.Add(MarkdownReport.Of(figures, Machine.Describe(bench.Server), bench.Options.Rounds));
        foreach (var (name, chart) in bench.Charts)
            await File.WriteAllTextAsync(Path.Combine(target.FullName, name + ".svg"), chart, ct);
    }
    await File.WriteAllTextAsync(Path.Combine(target.FullName, "report.md"), string.Join('\n', reports), ct);
});
return await root.Parse(args).InvokeAsync();
