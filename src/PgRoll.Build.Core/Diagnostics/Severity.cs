namespace PgRoll.Build.Diagnostics;

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>Advice; never fails a build.</summary>
    Info,

    /// <summary>A risk that a person should judge.</summary>
    Warning,

    /// <summary>The migration would fail, corrupt data, or take the application down.</summary>
    Error,
}
