using System.Diagnostics;

namespace PgRoll.Build.Engine.Verification;

/// <summary>How long each step of a command takes: until the next one begins.</summary>
sealed class StepTimes : IProgress<RunnerProgress>
{
    readonly List<TimedStep> _steps = [];
    readonly Stopwatch _watch = new();
    string? _current;

    public void Report(RunnerProgress value)
    {
        if (value is StepBegins step)
        {
            Close();
            _current = step.Why;
        }
    }

    /// <summary>What was since the last call.</summary>
    public IReadOnlyList<TimedStep> Take()
    {
        Close();
        IReadOnlyList<TimedStep> taken = [.. _steps];
        _steps.Clear();
        return taken;
    }

    void Close()
    {
        if (_current is { } why)
            _steps.Add(new(why, _watch.Elapsed));
        _current = null;
        _watch.Restart();
    }
}
