using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli;

/// <summary>What the exit codes mean: the one table that the help prints, and the mapping of whatever ended a command.</summary>
static class ExitCodes
{
    public static IReadOnlyList<(ExitReason Code, string Meaning)> Table { get; } =
    [
        (ExitReason.Done, "Done, or there was nothing to do."),
        (ExitReason.Findings, "The migrations have errors, or `drift` found differences; nothing was changed."),
        (ExitReason.Usage, "Wrong usage or configuration; nothing was changed."),
        (ExitReason.DatabaseError, "The database cannot be reached or refused; what was changed was rolled back."),
        (ExitReason.NotNow, "Not possible in this state: no `init` yet, another migration is active, none is, or not as many are pending as expected."),
        (ExitReason.Interrupted, "Interrupted; what was started is left active, and the same command goes on with it."),
        (ExitReason.NeedsAttention, "A person must look; the message says at what."),
    ];

    public static ExitReason Of(Exception error) => error switch
    {
        PgRollException known => known.Reason,
        OperationCanceledException => ExitReason.Interrupted,
        _ => ExitReason.NeedsAttention,
    };
}
