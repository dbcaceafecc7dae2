namespace PgRoll.Build.Engine;

/// <summary>
/// What <c>start</c> makes of several pending migrations. On an empty history, where nothing runs on an old version, it is always
/// <see cref="CompleteEarlier"/>.
/// </summary>
public enum MultiplePending
{
    /// <summary>One rollout: the running application keeps its version, and the last migration's is published beside it.</summary>
    Together,

    /// <summary>One after the other, all but the last completed at once: for databases that no running application uses.</summary>
    CompleteEarlier,

    /// <summary>Nothing; it is refused.</summary>
    Fail,
}
