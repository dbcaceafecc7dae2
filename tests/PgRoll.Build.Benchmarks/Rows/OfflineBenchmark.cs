using PgRoll.Build.Benchmarks.Data;
using PgRoll.Build.Tasks;
using PgRoll.Build.Tasks.Tests;

namespace PgRoll.Build.Benchmarks.Rows;

/// <summary>What a build pays when a migration has changed.</summary>
sealed class OfflineBenchmark : Benchmark
{
    public override string Name => "offline";

    public override string Description => "reading, checking and writing the constant of 1,000 migration files, in process";

    public override Task<IReadOnlyList<Figure>> RunAsync(Bench bench)
    {
        using var project = new Project(1_000, withPackage: false);
        // The first run is that of a fresh compiler process: the code is not compiled to the machine's yet.
        var first = Check(project);
        var figure = Figure.AtMost("check and constant of 1,000 migration files", new Series([.. bench.Rounds.Select(_ => Check(project))]), "s", 1,
            $"{Figure.Short(first)} s the first time in a process");
        return Task.FromResult<IReadOnlyList<Figure>>([figure]);
    }

    static double Check(Project project)
    {
        var source = Path.Combine(project.Folder, "SchemaVersion.g.cs");
        File.Delete(source);
        var engine = new FakeBuildEngine();
        var task = new CompileMigrations { BuildEngine = engine, Migrations = [.. project.Migrations.Select(MigrationItem.Of)], SchemaVersionFile = source };
        var seconds = Bench.SecondsAsync(() => Task.FromResult(task.Execute())).Result;
        return engine.Errors is [] && File.Exists(source) ? seconds : throw new InvalidOperationException(engine.Errors[0].Message);
    }
}
