using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Engine;

/// <summary>A command that could not do what it was asked. The message says what, where, and what to do.</summary>
public sealed class PgRollException : Exception
{
    /// <summary>Makes one.</summary>
    public PgRollException(ExitReason reason, string message, Exception? inner = null) : base(message, inner) => Reason = reason;

    internal PgRollException(IReadOnlyList<Diagnostic> diagnostics, ExitReason reason = ExitReason.Findings)
        : this(reason, string.Join(Environment.NewLine, diagnostics)) => Diagnostics = diagnostics;

    /// <summary>The kind of failure.</summary>
    public ExitReason Reason { get; }

    /// <summary>The findings that stopped it; empty where something else did.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; } = [];
}
