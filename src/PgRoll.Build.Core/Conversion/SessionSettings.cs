using PgRoll.Build.SqlText;
using PgRoll.Build.Statements;
using PgRoll.Build.Statements.Parsing;

namespace PgRoll.Build.Conversion;

/// <summary>Settings of the session that ran the script. Operations need none of them; raw SQL gets those that change what it means.</summary>
sealed class SessionSettings(string baseSchema)
{
    readonly string own = baseSchema;

    /// <summary>What makes no difference to what a statement means, or is set by the runner.</summary>
    static readonly HashSet<string> meaningless =
    [
        "client_encoding", "client_min_messages", "idle_in_transaction_session_timeout", "lock_timeout", "row_security", "standard_conforming_strings", "statement_timeout",
        "transaction_timeout", "xmloption", "xml option",
    ];

    /// <summary>What is set where the script stands, each with its statement; another list as soon as it is something else.</summary>
    public IReadOnlyList<(string Setting, string Text)> Kept { get; private set; } = [];

    /// <summary>The schema of names that have none.</summary>
    public string Place { get; private set; } = baseSchema;

    /// <summary>Takes a statement that sets something; false for any other.</summary>
    public bool Take(ScriptStatement statement, List<Remark> remarks)
    {
        if (statement.Value is Query && PathOf(statement.Text) is { } path)
            SetPath(statement, path, remarks);
        else if (statement.Value is not SetStatement set)
            return false;
        else if (set.Setting is "search_path" or "schema")
            SetPath(statement, set.Values.FirstOrDefault(v => v != "$user") ?? "", remarks);
        else if (IsMeaningless(set))
            Leave(set.Setting, statement, remarks);
        else
            Keep(set.Setting, statement, remarks);
        return true;
    }

    /// <summary>What must stand before raw SQL, so that it means what it meant.</summary>
    public static IEnumerable<string> For(IReadOnlyList<(string Setting, string Text)> kept, IEnumerable<Statement> statements)
    {
        var hasBodies = statements.Any(s => s is CreateObject { Kind: ObjectKind.Function or ObjectKind.Procedure });
        return kept.Where(k => k.Setting != "check_function_bodies" || hasBodies).Select(k => $"{k.Text};");
    }

    void SetPath(ScriptStatement statement, string first, List<Remark> remarks)
    {
        Place = first.Length == 0 ? own : first;
        if (Place == own)
            Leave("search_path", statement, remarks);
        else
            Keep("search_path", statement, remarks);
    }

    void Leave(string setting, ScriptStatement statement, List<Remark> remarks)
    {
        if (Kept.Any(k => k.Setting == setting))
            Kept = [.. Kept.Where(k => k.Setting != setting)];
        remarks.Add(new(statement.Line, "left out: settings of the session"));
    }

    void Keep(string setting, ScriptStatement statement, List<Remark> remarks)
    {
        remarks.Add(new(statement.Line, $"{setting} is set for what stays SQL alone"));
        Kept = [.. Kept.Where(k => k.Setting != setting), (setting, statement.Text)];
    }

    static bool IsMeaningless(SetStatement set) => meaningless.Contains(set.Setting)
        || set.Setting is "default_tablespace" && set.Values.All(v => v.Length == 0)
        || set.Setting is "default_table_access_method" && set.Values.All(v => v == "heap");

    /// <summary>SELECT set_config('search_path', '…', …), as dumps write it.</summary>
    static string? PathOf(string text)
    {
        var tokens = SqlLexer.Significant(text);
        var at = tokens.TakeWhile(t => !t.IsWord("set_config")).Count();
        bool IsString(int i) => i < tokens.Count && tokens[i].IsString;
        return at < 4 && IsString(at + 2) && IsString(at + 4) && StringValue.Of(Text(at + 2)) == "search_path" ? StringValue.Of(Text(at + 4)).Split(',')[0].Trim(' ', '"') : null;
        string Text(int i) => text.Substring(tokens[i].Start, tokens[i].Length);
    }
}
