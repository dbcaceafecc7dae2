namespace PgRoll.Build.Engine.Preflight;

/// <summary>A trigger or a rule of a user's on a table of the rollout.</summary>
/// <param name="Table">The table.</param>
/// <param name="Name">What it is and its name.</param>
/// <param name="Enabled">For whom it fires, as the catalog says it: origin, replica, always.</param>
/// <param name="IsForEachRow">Row by row, rather than once a statement.</param>
/// <param name="ChangesRows">Whether it can change what is written.</param>
/// <param name="FiresOnAnyUpdate">Whether an update of columns that it does not know fires it.</param>
/// <param name="IsLate">Whether it changes rows after the sync trigger has seen them.</param>
sealed record UserTrigger(string Table, string Name, string Enabled, bool IsForEachRow, bool ChangesRows, bool FiresOnAnyUpdate, bool IsLate)
{
    /// <summary>Whether it fires in a session whose <c>session_replication_role</c> is replica, rather than the usual one.</summary>
    public bool FiresFor(bool replica) => FiresOnAnyUpdate && (Enabled == "A" || Enabled == (replica ? "R" : "O"));
}

/// <summary>How the backfill of a table is to run, and the users' triggers that fire even so.</summary>
/// <param name="AsReplica">Whether its transactions set <c>session_replication_role</c> to replica.</param>
/// <param name="Firing">The triggers.</param>
sealed record BackfillMode(bool AsReplica, IReadOnlyList<UserTrigger> Firing)
{
    /// <summary>Those that would change users' rows, and what the new columns are computed from.</summary>
    public IReadOnlyList<UserTrigger> Harmful { get; } = [.. Firing.Where(t => t.ChangesRows)];
}
