using System.CommandLine;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Commands;

/// <summary>How long a command that changes the database may take for what others hold up.</summary>
sealed class RolloutLimits
{
    readonly Setting<TimeSpan> _lockBudget = new("--lock-budget", "TIME", [], Duration.ReadPositive, TimeSpan.FromMinutes(5),
        "How long attempts at a lock are repeated before the command gives up. Default: 5m.");

    readonly Setting<TimeSpan> _indexWait = new("--index-wait", "TIME", [], Duration.ReadPositive, TimeSpan.FromHours(1),
        "How long an index build may take and wait for others' transactions; it keeps nobody waiting. Default: 1h.");

    readonly Setting<TimeSpan> _completeSqlTimeout = new("--complete-sql-timeout", "TIME", [], Duration.ReadPositive, TimeSpan.FromSeconds(5),
        "How long SQL with `onComplete` may run, while clients of its tables wait. Default: 5s.");

    public void AddTo(Command command)
    {
        command.Add(_lockBudget.Option);
        command.Add(_indexWait.Option);
        command.Add(_completeSqlTimeout.Option);
    }

    public RunnerOptions Apply(Invocation run, RunnerOptions options) => options with
    {
        LockBudget = run.Value(_lockBudget),
        IndexWait = run.Value(_indexWait),
        CompleteSqlTimeout = run.Value(_completeSqlTimeout),
    };
}
