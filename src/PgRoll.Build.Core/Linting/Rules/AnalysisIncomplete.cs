using PgRoll.Build.Diagnostics;
using PgRoll.Build.Statements;
using PgRoll.Build.Statements.Replay;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0003.</summary>
sealed class AnalysisIncomplete() : LintRule(new("PGR0003", "analysis-incomplete", Severity.Info,
    "Effect of a statement not known",
    "What this {0} does to the schema is not known here: what later operations refer to is checked at `start`, not before.",
    "A check that is not made looks like one that found nothing.",
    "Say it with operations or DDL, if they can; `validate --online` checks against a database."))
{
    public override void Check(LintContext context)
    {
        var runs = context.Statements.Where(place => !place.IsDown).OrderBy(place => place.Operation.OnComplete).ToList();
        if (runs.Count == 0)
            return;
        var (_, unclear) = SchemaReplay.Apply(context.After.Settled(), runs.Select(place => place.Statement));
        if (unclear.Count > 0 && unclear[0] is not UnknownStatement { IsWrong: true } && runs.First(place => place.Statement == unclear[0]) is var first)
            context.Add(Rule, first, first.Span, Describe(first.Statement));
    }

    static string Describe(Statement statement) => statement switch
    {
        CodeStatement code => $"{code.Verb.ToUpperInvariant()} statement",
        Query => "query",
        Statements.CreateTable => "CREATE TABLE",
        _ => "statement",
    };
}
