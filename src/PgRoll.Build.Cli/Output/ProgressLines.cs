using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Output;

/// <summary>
/// Progress for logs: a line for each step, each migration on the way and each wait for a lock or a replica; of a backfill, one for each
/// tenth of the table, but no more than one a second, and one at least every half minute.
/// </summary>
sealed class ProgressLines(TextWriter output) : ProgressDisplay, IProgress<RunnerProgress>
{
    static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromSeconds(30);

    readonly BackfillPace _pace = new();
    BackfillAdvanced? _printed;

    public override Task<T> RunAsync<T>(Func<IProgress<RunnerProgress>, Task<T>> work) => work(this);

    public void Report(RunnerProgress value)
    {
        switch (value)
        {
            case StepBegins step:
                output.WriteLine(Words(step));
                break;
            case MigrationCompleted completed:
                output.WriteLine(Words(completed));
                break;
            case FindingsSkipped skipped:
                foreach (var line in Words(skipped))
                    output.WriteLine(line);
                break;
            case LockWaited wait:
                output.WriteLine(Words(wait));
                break;
            case BackfillPaused pause:
                output.WriteLine(Words(pause));
                break;
            case SchemaDrifted drifted:
                output.WriteLine(Words(drifted));
                break;
            case Warned warning:
                output.WriteLine(Words(warning));
                break;
            case BackfillAdvanced backfill:
                var words = _pace.Advance(backfill);
                if (IsDue(backfill))
                {
                    output.WriteLine(words);
                    _printed = backfill;
                }
                break;
        }
    }

    bool IsDue(BackfillAdvanced now)
    {
        if (now.Fraction >= 1)
            return true;
        var last = _printed is { } printed && printed.Table == now.Table && printed.Fraction <= now.Fraction ? printed : null;
        var elapsed = now.Elapsed - (last?.Elapsed ?? TimeSpan.Zero);
        return elapsed >= Longest || (elapsed >= Shortest && Tenths(now.Fraction) > Tenths(last?.Fraction ?? 0));
    }

    static int Tenths(double fraction) => (int)(fraction * 10);
}
