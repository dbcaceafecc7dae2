using PgRoll.Build.Diagnostics;
using PgRoll.Build.Operations;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0806.</summary>
sealed class NameNeedsQuotes() : LintRule(new("PGR0806", "identifier-needs-quoting", Severity.Info,
    "Name needs quotes",
    "'{0}' must be written in quotes wherever SQL names it: it {1}.",
    "Whoever forgets them meets an error, or another name.",
    "Use lower case, digits and underscores, and no word of SQL's."))
{
    public override void Check(LintContext context)
    {
        foreach (var create in context.All<CreateTable>())
            Check(create.Place, "name", create.Operation.Table);
        foreach (var column in context.Columns)
            if (column.Field.Length > 0)
                Check(column.Place, $"{column.Field}.name", column.Name);
        foreach (var rename in context.All<RenameTable>())
            Check(rename.Place, "to", rename.Operation.To);
        foreach (var rename in context.All<RenameColumn>())
            Check(rename.Place, "to", rename.Operation.To);

        void Check(LintedOperation place, string field, string name)
        {
            if (Reason(name) is { } reason)
                context.Add(Rule, place, field, name, reason);
        }
    }

    static string? Reason(string name) =>
        Keywords.CannotBeColumn(name) ? "is a word of SQL's"
        : name.Any(char.IsUpper) ? "has upper case"
        : name.Length > 0 && char.IsDigit(name[0]) ? "begins with a digit"
        : name.Any(c => !char.IsLetterOrDigit(c) && c is not ('_' or '$')) ? "has other characters than letters, digits and underscores"
        : null;
}
