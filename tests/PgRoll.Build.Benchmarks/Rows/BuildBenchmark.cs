using System.Globalization;
using System.Text.RegularExpressions;
using PgRoll.Build.Benchmarks.Data;

namespace PgRoll.Build.Benchmarks.Rows;

/// <summary>What a build pays when nothing has changed: the same project with and without the package.</summary>
sealed partial class BuildBenchmark : Benchmark
{
    public override string Name => "build";

    public override string Description => "a dotnet build that has nothing to do, of a project with 100 migrations, against one without the package";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Bench bench)
    {
        using var without = new Project(0, withPackage: false);
        using var with = new Project(100, withPackage: true);
        foreach (var project in new[] { without, with })
        {
            await Processes.DotNetAsync(project.Folder, "build", "-nologo");
            await BuildAsync(project);
        }
        List<double> added = [], targets = [];
        // A build's own time varies by far more than what is looked for.
        for (var i = 0; i < bench.Options.Rounds * 3; i++)
        {
            var bare = await BuildAsync(without);
            var ours = await BuildAsync(with);
            added.Add((ours.Seconds - bare.Seconds) * 1_000);
            targets.Add(OwnTargets().Matches(ours.Output).Sum(m => double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)));
        }
        return
        [
            Figure.AtMost("the package's targets in a `dotnet build` with nothing to do", new(targets), "ms", 10),
            Figure.Told("the whole of such a build, against one without the package", new(added), "ms"),
        ];
    }

    static Task<Outcome> BuildAsync(Project project) =>
        Processes.DotNetAsync(project.Folder, "build", "--no-restore", "-nologo", "-tl:off", "-clp:PerformanceSummary;v=m");

    [GeneratedRegex(@"^\s*(\d+) ms\s+_?PgRoll\w*\s", RegexOptions.Multiline)]
    private static partial Regex OwnTargets();
}
