using PgRoll.Build.Diagnostics;
using PgRoll.Build.Statements;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0701.</summary>
sealed class SqlSyntax() : LintRule(new("PGR0701", "sql-syntax-error", Severity.Error,
    "Raw SQL that no server takes",
    "This is no SQL: {0}.",
    "The server refuses the whole operation. Only what is certain is told: a statement that is merely not known here may be one of a newer server.",
    "Correct it."))
{
    public override void Check(LintContext context)
    {
        foreach (var place in context.Statements)
            if (place.Statement is UnknownStatement { IsWrong: true } wrong)
                context.Add(Rule, place, wrong.At, wrong.Problem);
    }
}
