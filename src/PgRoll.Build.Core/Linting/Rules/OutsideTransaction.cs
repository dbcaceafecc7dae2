using PgRoll.Build.Diagnostics;
using PgRoll.Build.Plans;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0704. The planner goes by the same list, and runs such a statement by itself where it stands alone.</summary>
sealed class OutsideTransaction() : LintRule(new("PGR0704", "sql-cannot-run-in-transaction", Severity.Error,
    "Statement that no transaction may hold",
    "The server refuses {0} here: {1}.",
    "Several statements of one operation run in one transaction, and so does every `down`. A statement of this sort that is alone in its `up` is run outside of transactions: by `start`, or by `complete` after all else. A value that ALTER TYPE … ADD VALUE adds cannot be used in the same transaction either.",
    "Give it a migration of its own, with this statement alone in `up`, and undo it in `down` by a form without CONCURRENTLY; for indexes there are `create_index` and `drop_index`. What uses a new value of an enum belongs to the next migration."))
{
    public override void Check(LintContext context)
    {
        foreach (var (user, words, value) in NewEnumValues.Uses(context))
            context.Add(Rule, user, words, $"the new value '{value}'", "a value can be used when the transaction that added it has ended");
        var together = new HashSet<string>(context.Statements.GroupBy(place => place.Path).Where(same => same.Count() > 1).Select(same => same.Key));
        foreach (var place in context.Statements)
            if (TransactionRules.Form(place.Statement) is { } form && (place.IsDown || together.Contains(place.Path)))
                context.Add(Rule, place, place.Span, form,
                    place.IsDown ? "`down` runs in a transaction" : "it stands together with other statements, which makes them one transaction");
    }
}
