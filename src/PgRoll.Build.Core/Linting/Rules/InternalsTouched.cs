using PgRoll.Build.Diagnostics;
using PgRoll.Build.Model;
using PgRoll.Build.Statements;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0712.</summary>
sealed class InternalsTouched() : LintRule(new("PGR0712", "sql-touches-internals", Severity.Error,
    "Raw SQL that uses what a rollout is made of",
    "'{0}' is {1}: SQL of a migration must not use it.",
    "What `complete` and `rollback` do was planned for these objects as `start` left them; they come and go with each rollout, and another tool version names them otherwise.",
    "Use the tables themselves, by the names that the migrations give them."))
{
    const string StateSchema = "pgroll";

    public override void Check(LintContext context)
    {
        foreach (var place in context.Statements)
            if (Find(context, place.Statement) is var (words, name, what))
                context.Add(Rule, place, words, name, what);
    }

    static (SqlSpan Words, string Name, string What)? Find(LintContext context, Statement statement)
    {
        var tokens = statement.Source.Tokens;
        for (var i = 0; i < tokens.Count; i++)
            if (tokens[i] is { IsName: true, Value: { } name } && What(context, name, () => IsSchema(statement, i)) is { } what)
                return (SqlSpan.Of(tokens[i], tokens[i]), name, what);
        if (statement is SetStatement { Setting: "search_path" or "schema" } path)
            foreach (var value in path.Values)
                if (What(context, value, static () => true) is { } what)
                    return (new(statement.Source.Start, statement.Source.Length), value, what);
        return null;
    }

    static string? What(LintContext context, string name, Func<bool> isSchema) =>
        name.StartsWith(GeneratedNames.Prefix, StringComparison.Ordinal) ? "an object of the rollout itself"
        : name == StateSchema ? isSchema() ? "the schema of the history" : null
        : context.VersionSchemas.Contains(name) && isSchema() ? "a version's schema"
        : null;

    /// <summary>Roles and columns may have such names: a schema stands before a dot, or behind its word.</summary>
    static bool IsSchema(Statement statement, int at)
    {
        var tokens = statement.Source.Tokens;
        return at + 1 < tokens.Count && tokens[at + 1].IsSymbol(".") && (at == 0 || !tokens[at - 1].IsSymbol("."))
            || at > 0 && tokens[at - 1].IsWord("schema")
            || statement is DropObjects { Kind: ObjectKind.Schema } drop && drop.Names.Any(name => name.Span.Start == tokens[at].Start);
    }
}
