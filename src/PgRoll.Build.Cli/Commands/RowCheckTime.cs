using System.CommandLine;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Commands;

/// <summary>How long a command asks the rows whether they fit what is pending.</summary>
sealed class RowCheckTime
{
    readonly Setting<TimeSpan?> _time = new("--row-check-time", "TIME", [], static text => Duration.ReadPositive(text), null,
        "How long the rows that are there are asked whether they fit, before anything is changed: 5s, 1m; 0 asks none. What is not answered in time is left to start, "
        + "which proves everything itself. Default: 5s for start, 10s for a plan.");

    public void AddTo(Command command) => command.Add(_time.Option);

    public RunnerOptions Apply(Invocation run, RunnerOptions options) => options with { RowCheckTime = run.Value(_time) };
}
