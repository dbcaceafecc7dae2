using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans;

/// <summary>
/// Which statements the server refuses inside a transaction block (PostgreSQL's documentation of each says so). Several statements in
/// one command are a transaction of their own, so such a statement stands alone or not at all.
/// </summary>
static class TransactionRules
{
    static readonly string[] Leaving =
    [
        "vacuum", "alter system", "create database", "drop database", "create tablespace", "drop tablespace",
        "create subscription", "drop subscription", "reindex database", "reindex schema", "reindex system",
    ];

    public static bool Leaves(string sql) => SqlStatements.Split(sql) is { Count: 1 } statements && Leaves(statements[0]);

    static bool Leaves(SqlStatement statement)
    {
        IReadOnlyList<string> words = [.. statement.Tokens.TakeWhile(t => t.Kind is TokenKind.Identifier).Select(t => t.Value!)];
        var start = string.Join(" ", words) + " ";
        return Leaving.Any(l => start.StartsWith(l + " ", StringComparison.Ordinal))
            || statement.Tokens.Any(t => t.IsWord("concurrently")) && words.Count > 0 && words[0] is "create" or "drop" or "reindex"
            || words.Count == 1 && words[0] == "cluster";
    }
}
