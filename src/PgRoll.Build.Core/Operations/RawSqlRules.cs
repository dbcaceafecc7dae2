using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Operations;

/// <summary>What is wrong with raw SQL (PGR07xx).</summary>
static class RawSqlRules
{
    public static readonly Rule TransactionControl = new("PGR0703", "sql-transaction-control", Severity.Error,
        "Raw SQL that begins or ends a transaction",
        "{0} begins or ends a transaction: leave it out, the runner does that.",
        "Raw SQL runs in the runner's transaction, together with the record of what was done: a crash after a COMMIT of its own would leave the database between two versions.",
        "Leave it out; what belongs together is in one transaction already.");
}
