namespace PgRoll.Build.Diagnostics;

/// <summary>What only the database can tell (PGR10xx).</summary>
static class LiveRules
{
    public static readonly Rule ActiveMigration = new("PGR1001", "active-migration", Severity.Error,
        "Another migration is active",
        "Migration '{0}' is active on schema '{1}': {2}.",
        "Two versions are live already, and the next one is made of the newer of them.",
        "Run `complete` or `rollback` first.");

    public static readonly Rule HistoryMismatch = new("PGR1002", "history-mismatch", Severity.Error,
        "Files are not what the database has",
        "{0}.",
        "No other database would get to this one's schema by these files.",
        "Restore what was applied, and put what is new into a migration that sorts last.");

    public static readonly Rule DataViolates = new("PGR1004", "data-violates", Severity.Error,
        "Rows do not fit the new version",
        "{0}.",
        "`start` would fail on these rows, after the backfill or an index build, and take everything back.",
        "Repair the rows, or let `up` make values of them that fit.");

    public static readonly Rule ExpressionRefused = new("PGR1010", "expression-refused", Severity.Error,
        "Expression that the server refuses",
        "The server refuses {0}: {1}.",
        "`start` would fail with the same error, and change nothing.",
        "Correct the expression. Names in it are looked up in the base schema, then where extensions are.");
}
