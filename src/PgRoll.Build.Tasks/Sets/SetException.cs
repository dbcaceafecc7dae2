namespace PgRoll.Build.Tasks.Sets;

/// <summary>The sets of a project are not clear, or not what is asked for.</summary>
sealed class SetException(string message, BuildError? error = null) : Exception(message)
{
    public BuildError Error { get; } = error ?? BuildErrors.Sets;
}
