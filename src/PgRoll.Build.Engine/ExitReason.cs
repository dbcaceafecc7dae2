namespace PgRoll.Build.Engine;

/// <summary>Why a command ended; the numbers are the process's exit codes.</summary>
public enum ExitReason
{
    /// <summary>It did what it was asked, or there was nothing to do.</summary>
    Done = 0,

    /// <summary>Findings at or above the threshold.</summary>
    Findings = 1,

    /// <summary>Wrong usage or configuration.</summary>
    Usage = 2,

    /// <summary>The database refused something; what was changed was rolled back.</summary>
    DatabaseError = 3,

    /// <summary>Not possible in this state: another migration is active, none is, the history does not match.</summary>
    NotNow = 4,

    /// <summary>Interrupted; left active, and the same command resumes it.</summary>
    Interrupted = 5,

    /// <summary>A person must look; the message says at what.</summary>
    NeedsAttention = 6,
}
