namespace PgRoll.Build.Diagnostics;

/// <summary>What shows when a migration is tried on a server, with rows and with clients of both versions (PGR11xx).</summary>
static class VerifyRules
{
    public static readonly Rule StartRefused = new("PGR1101", "start-refused", Severity.Error,
        "The server refuses the start",
        "The server refuses `start`: {0}.",
        "`start` would fail with the same error on a database with this history.",
        "Correct what the message names.");

    public static readonly Rule OldRowRefused = new("PGR1102", "old-row-refused", Severity.Error,
        "Row of the old version that does not fit the new one",
        "{0}.",
        "`start` fails where such a row is there already, and while the rollout is active the old version's clients, who could write it before, are refused. A rare row (an extreme of its type, a duplicate, a reference to nothing) is a warning: nobody knows whether it is there.",
        "Let `up` make something of it that fits. Where there are no such rows, show it with rows like yours (`--data`), or suppress this with the reason.");

    public static readonly Rule NewRowRefused = new("PGR1103", "new-row-refused", Severity.Error,
        "Row of the new version that does not fit the old one",
        "{0}.",
        "The new version takes such a row once the rollout is complete; until then its clients are refused.",
        "Let `down` make something of it that fits, or keep clients from writing it until then and suppress this with the reason.");

    public static readonly Rule LossyRoundTrip = new("PGR1105", "round-trip-differs", Severity.Warning,
        "`down` does not give back what `up` was given",
        "{0}.",
        "As soon as a client of the new version writes the row, the old version reads something else, and so does everybody after a rollback.",
        "Let `down` be the inverse of `up`, or suppress this with the reason.");

    public static readonly Rule NotRepeatable = new("PGR1106", "mapping-not-repeatable", Severity.Warning,
        "An expression that gives another value each time",
        "{0}.",
        "The value depends on when it was computed: by the backfill, for a client's write, or again after a rollback.",
        "Make it of the row's own columns alone, or suppress this with the reason.");

    public static readonly Rule RollbackLeaves = new("PGR1107", "rollback-differs", Severity.Error,
        "Rollback does not restore what was there",
        "After `rollback` {0}.",
        "The old version is not what it was, and the next `start` may fail on what is left.",
        "Let `down` take back all that `up` does.");

    public static readonly Rule RollbackRefused = new("PGR1108", "rollback-refused", Severity.Error,
        "The server refuses the rollback",
        "The server refuses `rollback`: {0}.",
        "The rollout could not be taken back when it has to be.",
        "Correct `down`.");

    public static readonly Rule CompleteRefused = new("PGR1109", "complete-refused", Severity.Error,
        "The server refuses the completion",
        "The server refuses `complete`: {0}.",
        "The rollout could only be taken back.",
        "Take out of its way what the message names, in an earlier migration or by SQL with `onComplete`.");

    public static readonly Rule SchemaDiffers = new("PGR1110", "schema-differs", Severity.Error,
        "The schema is not what the files say",
        "After `complete` {0}.",
        "Later migrations are checked against a schema that no database has.",
        "Tell us, if no SQL of yours explains it.");

    public static readonly Rule UnannouncedLock = new("PGR1111", "unannounced-lock", Severity.Warning,
        "A lock that the plan does not tell",
        "`{0}` holds {1} on {2}, which the plan does not tell: clients wait for it.",
        "Nobody who reviews the plan sees that clients will wait.",
        "Take what locks it into a migration of its own, and look how long it takes.");

    public static readonly Rule VersionUnusable = new("PGR1112", "version-unusable", Severity.Error,
        "A version that its clients cannot use",
        "{0}.",
        "Clients of the version are refused while the rollout is active.",
        "Keep what the version's views read, or grant what is missing in the same migration.");

    public static readonly Rule NotExercised = new("PGR1113", "not-exercised", Severity.Info,
        "Too few rows to tell anything",
        "'{0}' took {1} of the rows that were tried: little is proved of its rows.",
        "That nothing was found means little for this table.",
        "Give SQL that fills the tables with rows like yours (`--data`).");

    public static readonly Rule GrowsFaster = new("PGR1114", "time-grows-faster", Severity.Warning,
        "Time that grows faster than the rows",
        "`{0}` took {1} with {2} rows and {3} with {4}.",
        "On a large table it will take far longer than on this one.",
        "Look at what the expressions read for each row: a subquery wants an index.");

    public static IReadOnlyList<Rule> All { get; } =
    [
        StartRefused, OldRowRefused, NewRowRefused, LossyRoundTrip, NotRepeatable, RollbackLeaves, RollbackRefused, CompleteRefused, SchemaDiffers, UnannouncedLock,
        VersionUnusable, NotExercised, GrowsFaster,
    ];
}
