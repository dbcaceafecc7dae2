using PgRoll.Build.Diagnostics;
using PgRoll.Build.Operations;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0503.</summary>
sealed class TypeNarrowed() : LintRule(new("PGR0503", "type-narrowing", Severity.Warning,
    "Values may not fit",
    "`start` fails on a value of '{0}.{1}' that does not fit into {2}, and until complete the old version's writes of one are refused.",
    "The new type has less room than the old one, and `up` does not ask whether a value fits.",
    "Look for the largest values first, or let `up` say what becomes of those: `least(amount, 1000)`, `left(note, 40)`."))
{
    public override void Check(LintContext context)
    {
        foreach (var mapping in context.Mappings)
            if (mapping is { IsUp: true, Place.Operation: AlterColumn { Type: { } to } } && mapping.Table.Find(mapping.Column) is { } column
                && mapping.Expression.IsColumnOrCast(column.Name)
                && TypeChange.MayNotFit(column.Type, to, isCast: mapping.Expression.Casts().Any(cast => SqlType.SameType(cast.Type, to))))
                context.Add(Rule, mapping.Place, "type", mapping.Table.Name, mapping.Column, to);
    }
}
