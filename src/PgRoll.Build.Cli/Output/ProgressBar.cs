using PgRoll.Build.Engine;
using Spectre.Console;

namespace PgRoll.Build.Cli.Output;

/// <summary>Progress for a terminal: one line that is drawn over, with a bar while rows are filled; waits stay to be read.</summary>
sealed class ProgressBar(TextWriter output) : ProgressDisplay
{
    const int BarWidth = 20, Margins = 6;

    readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = AnsiSupport.Yes,
        Interactive = InteractionSupport.Yes,
        Out = new AnsiConsoleOutput(output),
    });

    public override async Task<T> RunAsync<T>(Func<IProgress<RunnerProgress>, Task<T>> work)
    {
        return await _console.Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new ProgressBarColumn { Width = BarWidth }, new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(context => work(new Line(_console, context.AddTask("Connecting"))));
    }

    sealed class Line(IAnsiConsole console, ProgressTask task) : IProgress<RunnerProgress>
    {
        readonly BackfillPace _pace = new();

        public void Report(RunnerProgress value)
        {
            switch (value)
            {
                case StepBegins step:
                    task.IsIndeterminate = true;
                    task.Description = OneLine(Words(step));
                    break;
                case MigrationCompleted completed:
                    console.WriteLine(Words(completed));
                    break;
                case FindingsSkipped skipped:
                    foreach (var line in Words(skipped))
                        console.WriteLine(line);
                    break;
                case LockWaited wait:
                    console.WriteLine(Words(wait));
                    break;
                case BackfillPaused pause:
                    console.WriteLine(Words(pause));
                    break;
                case SchemaDrifted drifted:
                    console.WriteLine(Words(drifted));
                    break;
                case Warned warning:
                    console.WriteLine(Words(warning));
                    break;
                case BackfillAdvanced backfill:
                    task.IsIndeterminate = false;
                    task.Value = backfill.Fraction * task.MaxValue;
                    task.Description = OneLine(_pace.Advance(backfill));
                    break;
            }
        }

        string OneLine(string text)
        {
            var room = Math.Max(10, console.Profile.Width - BarWidth - Margins);
            return Markup.Escape(text.Length <= room ? text : $"{text[..(room - 1)]}…");
        }
    }
}
