using PgRoll.Build.SqlText;
using PgRoll.Build.Statements;

namespace PgRoll.Build.Plans;

/// <summary>
/// Which statements the server refuses inside a transaction block (PostgreSQL's documentation of each says so). Several statements in
/// one command are a transaction of their own, so such a statement stands alone or not at all.
/// </summary>
static class TransactionRules
{
    /// <summary>Whether SQL is one statement that must be run outside of a transaction.</summary>
    public static bool Leaves(IReadOnlyList<Statement> statements) => statements.Count == 1 && Form(statements[0]) is not null;

    /// <summary>The same of a text.</summary>
    public static bool Leaves(string sql) => Leaves(StatementParser.Parse(sql));

    /// <summary>What a statement that the server refuses inside a transaction is called; null for one that may be in it.</summary>
    public static string? Form(Statement statement) => statement switch
    {
        CreateIndex { Concurrently: true } => "CREATE INDEX CONCURRENTLY",
        DropObjects { Kind: ObjectKind.Index, Concurrently: true } => "DROP INDEX CONCURRENTLY",
        AlterTable alter => alter.Actions.Any(action => action is DetachPartitionAction { Concurrently: true }) ? "DETACH PARTITION CONCURRENTLY" : null,
        MaintenanceStatement maintenance => Form(maintenance),
        CreateObject { Kind: ObjectKind.Database or ObjectKind.Tablespace } create => $"CREATE {Word(create.Kind)}",
        DropObjects { Kind: ObjectKind.Database or ObjectKind.Tablespace or ObjectKind.Subscription } drop => $"DROP {Word(drop.Kind)}",
        CreateObject { MakesSlot: true } => "CREATE SUBSCRIPTION",
        AlterObject { Kind: ObjectKind.System } => "ALTER SYSTEM",
        AlterObject { SetsTablespace: true } => "ALTER DATABASE … SET TABLESPACE",
        AlterObject { FetchesPublications: true } => "ALTER SUBSCRIPTION … PUBLICATION",
        UnknownStatement unknown => Form(unknown.Source),
        HarmlessStatement { DiscardsAll: true } => "DISCARD ALL",
        _ => null,
    };

    static string? Form(MaintenanceStatement statement) => statement switch
    {
        { Kind: Maintenance.Vacuum } => "VACUUM",
        { Kind: Maintenance.Cluster, Targets.Count: 0 } => "CLUSTER of all tables",
        { Kind: Maintenance.Reindex, Concurrently: true } => "REINDEX CONCURRENTLY",
        { Kind: Maintenance.Reindex, TargetKind: ObjectKind.Schema or ObjectKind.Database or ObjectKind.System } =>
            $"REINDEX {Word(statement.TargetKind)}",
        _ => null,
    };

    /// <summary>What a later server knows besides: nothing is read of it but its words.</summary>
    static string? Form(SqlStatement source) =>
        source.Says(0, "vacuum") ? "VACUUM"
        : source.Tokens.Any(token => token.IsWord("concurrently")) && (source.Says(0, "create") || source.Says(0, "drop") || source.Says(0, "reindex")) ? $"{source.Tokens[0].Value!.ToUpperInvariant()} … CONCURRENTLY"
        : null;

    static string Word(ObjectKind kind) => kind.ToString().ToUpperInvariant();
}
