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

    readonly List<(string Setting, string Text)> kept = [];

    /// <summary>The schema of names that have none.</summary>
    public string Place { get; private set; } = baseSchema;

    /// <summary>Takes a statement that sets something; false for any other.</summary>
    public bool Take(ScriptStatement statement, List<Remark> remarks)
    {
        if (statement.Value is Query && PathOf(statement.Text) is { } path)
        {
            if (path.Length > 0)
                Keep("search_path", statement, path, remarks);
            else
                remarks.Add(new(statement.Line, "left out: settings of the session"));
            return true;
        }
        if (statement.Value is not SetStatement set)
            return false;
        if (IsMeaningless(set))
            remarks.Add(new(statement.Line, "left out: settings of the session"));
        else
            Keep(set.Setting, statement, First(set) ?? own, remarks);
        return true;
    }

    /// <summary>What must stand before raw SQL, so that it means what it meant.</summary>
    public IEnumerable<string> For(IEnumerable<Statement> statements)
    {
        var hasBodies = statements.Any(s => s is CreateObject { Kind: ObjectKind.Function or ObjectKind.Procedure });
        return kept.Where(k => k.Setting != "check_function_bodies" || hasBodies).Select(k => k.Text);
    }

    void Keep(string setting, ScriptStatement statement, string value, List<Remark> remarks)
    {
        remarks.Add(new(statement.Line, $"{setting} is set for what stays SQL alone"));
        kept.RemoveAll(k => k.Setting == setting);
        kept.Add((setting, statement.Text));
        if (setting is "search_path" or "schema")
            Place = value;
    }

    bool IsMeaningless(SetStatement set) => meaningless.Contains(set.Setting)
        || set.Setting is "default_tablespace" && set.Values.All(v => v.Length == 0)
        || set.Setting is "default_table_access_method" && set.Values.All(v => v == "heap")
        || set.Setting is "search_path" && Place == own && (First(set) ?? "") is var first && (first.Length == 0 || first == own);

    static string? First(SetStatement set) => set.Values.FirstOrDefault(v => v != "$user");

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
