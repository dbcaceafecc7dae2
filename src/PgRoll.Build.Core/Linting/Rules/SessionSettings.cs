using PgRoll.Build.Diagnostics;
using PgRoll.Build.SqlText;
using PgRoll.Build.Statements;
using PgRoll.Build.Statements.Parsing;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0713.</summary>
sealed class SessionSettings() : LintRule(new("PGR0713", "sql-session-settings", Severity.Warning,
    "Raw SQL that overrides the runner's settings",
    "'{0}' is the runner's to set: it decides {1}.",
    "The runner limits how long clients wait, and who owns what it makes; SQL that sets this anew undoes that until the end of its operation, where the runner sets everything again. Not told of the path and of other settings, nor in a script that everything begins with, as `pg_dump` writes it.",
    "Remove it; give limits to the command instead (`--lock-timeout`, `--complete-sql-timeout`), and the role in the connection string."))
{
    public override void Check(LintContext context)
    {
        if (context.IsBaseline)
            return;
        foreach (var (_, place) in context.Runs<Statement>())
            if (Setting(place) is { } setting && Decides(setting) is { } what)
                context.Add(Rule, place, place.Span, setting, what);
    }

    static string? Setting(LintedStatement place) => place.Statement switch
    {
        SetStatement set => set.Setting,
        Query query => SetConfig(query.Source, place.Operation.Up),
        _ => null,
    };

    /// <summary>The setting that SELECT set_config('…', …) changes.</summary>
    static string? SetConfig(SqlStatement source, string text)
    {
        for (var i = 0; i + 2 < source.Tokens.Count; i++)
            if (source.Tokens[i].IsWord("set_config") && source.Tokens[i + 1].IsSymbol("(") && source.Tokens[i + 2] is { Kind: TokenKind.String } setting)
                return StringValue.Of(text.Substring(setting.Start, setting.Length));
        return null;
    }

    static string? Decides(string setting) => setting.ToLowerInvariant() switch
    {
        "lock_timeout" or "deadlock_timeout" => "how long clients wait behind it",
        "statement_timeout" or "transaction_timeout" or "idle_in_transaction_session_timeout" => "how long it may hold locks",
        "role" or "session authorization" => "who owns what is made",
        "session_replication_role" => "which triggers and foreign keys are checked",
        "all" => "all of the above: how long clients wait, and who owns what is made",
        _ => null,
    };
}
