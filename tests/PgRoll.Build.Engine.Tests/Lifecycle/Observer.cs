namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>Sees what a runner reports, in the moment it does: the runner waits.</summary>
sealed class Observer(Action<RunnerProgress> see) : IProgress<RunnerProgress>
{
    public void Report(RunnerProgress value) => see(value);
}
