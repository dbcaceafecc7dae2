using PgRoll.Build.Engine.Verification;
using Spectre.Console;

namespace PgRoll.Build.Cli.Output.Verifications;

/// <summary>Shows on standard error how a proof goes on: a line for each rollout, and on a terminal how many there are still to come.</summary>
sealed class VerifyDisplay(TextWriter output, bool canDraw)
{
    const int BarWidth = 20;

    public static VerifyDisplay For(Surroundings surroundings) => new(surroundings.Error, surroundings.CanDraw);

    /// <summary>Does some work while showing what it reports.</summary>
    /// <param name="migrations">Those that are to be proved.</param>
    /// <param name="work">The work.</param>
    public async Task<T> RunAsync<T>(IReadOnlySet<string> migrations, Func<IProgress<VerifierProgress>, Task<T>> work)
    {
        if (!canDraw)
            return await work(new Lines(migrations, output.WriteLine, static () => { }));
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(output) });
        return await console.Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new ProgressBarColumn { Width = BarWidth }, new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(context =>
            {
                var task = context.AddTask($"0 of {migrations.Count} proved", maxValue: migrations.Count);
                return work(new Lines(migrations, line => console.WriteLine(line), () =>
                {
                    task.Increment(1);
                    task.Description = $"{task.Value} of {migrations.Count} proved";
                }));
            });
    }

    /// <summary>Rollouts are proved at once, so each tells of itself when it has ended.</summary>
    sealed class Lines(IReadOnlySet<string> migrations, Action<string> write, Action proved) : IProgress<VerifierProgress>
    {
        readonly Lock _gate = new();

        public void Report(VerifierProgress value)
        {
            lock (_gate)
                switch (value)
                {
                    case PrefixReused reused:
                        write($"The history up to {reused.Migration} is there from an earlier run.");
                        break;
                    // On the way from one proof to the next; the proof tells of itself.
                    case HistoryReplayed replayed when replayed.Migrations.All(migrations.Contains):
                        break;
                    case HistoryReplayed { Migrations: [var only] }:
                        write($"Replayed {only}.");
                        break;
                    case HistoryReplayed { Migrations: [var first, .., var last] all }:
                        write($"Replayed {all.Count} migrations, {first} to {last}.");
                        break;
                    case RolloutProved { Rollout: var rollout }:
                        if (rollout.Migrations.Count == 1)
                            proved();
                        write($"{VerifyWords.Name(rollout)}: {Found(rollout)}.");
                        break;
                }
        }

        static string Found(ProvedRollout rollout) => rollout.Findings.Count == 0 ? "proved" : string.Join(", ", rollout.Findings.Select(finding => finding.Rule.Id).Distinct());
    }
}
