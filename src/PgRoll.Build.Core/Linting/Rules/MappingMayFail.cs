using PgRoll.Build.Diagnostics;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0308.</summary>
sealed class MappingMayFail() : LintRule(new("PGR0308", "mapping-may-throw", Severity.Warning,
    "Cast that fails on some values",
    "`{0}` casts '{1}' from {2} to {3}: {4}.",
    "The expression runs within the writes of clients, and an error in it is an error of theirs.",
    "Ask first: `CASE WHEN rating ~ '^[0-9]{1,9}$' THEN rating::int ELSE 0 END`."))
{
    public override void Check(LintContext context)
    {
        foreach (var mapping in context.Mappings)
            if (!mapping.Expression.HasCase() && FromText(mapping) is var (column, from, to))
                context.Add(Rule, mapping.Place, mapping.Field, mapping.Field, column, from, to, mapping.IsUp
                    ? $"`start` fails on a value that is no {to}, and until complete the old version's writes of one are refused"
                    : $"until complete the new version's writes of a value that is no {to} are refused");
    }

    static (string Column, SqlType From, SqlType To)? FromText(Mapping mapping)
    {
        foreach (var (column, to) in mapping.Expression.Casts())
            if (mapping.Table.Find(column)?.Type is { } from && TypeChange.IsText(from) && !TypeChange.IsText(to))
                return (column, from, to);
        return null;
    }
}
