using PgRoll.Build.Documents;

namespace PgRoll.Build.Statements.Parsing;

/// <summary>Words that are nearly one of the grammar's, and so a slip of the hand; any other unknown word may be a newer server's.</summary>
static class Slips
{
    static readonly string[] commands =
    [
        "abort", "alter", "analyze", "begin", "call", "checkpoint", "close", "cluster", "comment", "commit", "copy", "create", "deallocate", "declare", "delete",
        "discard", "do", "drop", "end", "execute", "explain", "fetch", "grant", "import", "insert", "listen", "load", "lock", "merge", "move", "notify", "prepare",
        "reassign", "refresh", "reindex", "release", "reset", "revoke", "rollback", "savepoint", "security", "select", "set", "show", "start", "table", "truncate",
        "unlisten", "update", "vacuum", "values", "with",
    ];

    /// <summary>Says of a first word that it is nearly that of a statement; null where it is not.</summary>
    public static string? OfCommand(TokenReader r) => Of(r, commands, "begins no statement", "does");

    /// <summary>Ends the reading where a kind of object should stand.</summary>
    public static void FailKind(this TokenReader r, bool isPerhapsKnown = false)
    {
        if (Of(r, ObjectKinds.FirstWords, "is no kind of object", "is") is { } slip)
            r.FailSurely(slip);
        else
            r.Fail("a kind of object", isPerhapsKnown);
    }

    static string? Of(TokenReader r, IReadOnlyList<string> known, string isNot, string butThis) =>
        !r.IsAtEnd && r.Current is { IsName: true, Value: { } word } && r.Is(word) && !known.Contains(word) && Suggestion.For(word, known) is { } meant
            ? $"'{word.ToUpperInvariant()}' {isNot}, {meant.ToUpperInvariant()} {butThis}"
            : null;
}
