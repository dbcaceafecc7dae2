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
        CreateObject { Kind: ObjectKind.Subscription } create => IsOff(create.Source, "create_slot", "connect") ? null : "CREATE SUBSCRIPTION",
        AlterObject { Kind: ObjectKind.System } => "ALTER SYSTEM",
        AlterObject { Kind: ObjectKind.Database } alter => alter.Source.Says(3, "set", "tablespace") ? "ALTER DATABASE … SET TABLESPACE" : null,
        AlterObject { Kind: ObjectKind.Subscription } alter => ChangesPublications(alter.Source) ? "ALTER SUBSCRIPTION … PUBLICATION" : null,
        UnknownStatement unknown => Form(unknown.Source),
        HarmlessStatement { Verb: "discard" } discard => discard.Source.Says(1, "all") ? "DISCARD ALL" : null,
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

    /// <summary>What a later server knows besides: its words are the same.</summary>
    static string? Form(SqlStatement source) =>
        source.Says(0, "vacuum") ? "VACUUM"
        : source.Tokens.Any(token => token.IsWord("concurrently")) && (source.Says(0, "create") || source.Says(0, "drop") || source.Says(0, "reindex")) ? $"{source.Tokens[0].Value!.ToUpperInvariant()} … CONCURRENTLY"
        : null;

    static bool ChangesPublications(SqlStatement source) => source.Tokens.Any(token => token.IsWord("publication")) && !IsOff(source, "refresh");

    /// <summary>Whether one of these options is switched off, which is what lets the statement be in a transaction.</summary>
    static bool IsOff(SqlStatement source, params string[] options)
    {
        for (var i = 0; i + 2 < source.Tokens.Count; i++)
            if (options.Any(source.Tokens[i].IsWord) && source.Tokens[i + 1].IsSymbol("=") && IsOff(source.Tokens[i + 2]))
                return true;
        return false;
    }

    static bool IsOff(Token value) => value.IsWord("false") || value.IsWord("off") || value is { Kind: TokenKind.Number, Length: 1 };

    static string Word(ObjectKind kind) => kind.ToString().ToUpperInvariant();
}
