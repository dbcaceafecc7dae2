using PgRoll.Build.Diagnostics;
using PgRoll.Build.Operations;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0307.</summary>
sealed class MappingLosesValues() : LintRule(new("PGR0307", "lossy-round-trip", Severity.Warning,
    "Mapping that loses values",
    "`{0}` of '{1}.{2}' {3}.",
    "The other version, and after complete everybody, has what the mapping makes of a value; the value itself is gone.",
    "Keep what matters in the expression, or in another column; where nothing does, suppress this with the reason."))
{
    public override void Check(LintContext context)
    {
        foreach (var mapping in context.Mappings)
            if (!mapping.IsOfOneVersion && Loss(mapping) is { } loss)
                context.Add(Rule, mapping.Place, mapping.Field, mapping.Field, mapping.Table.Name, mapping.Column, loss);
    }

    static string? Loss(Mapping mapping)
    {
        var expression = mapping.Expression;
        if (expression.ReferencedNames.Count == 0)
            return $"names no column: whatever the {(mapping.IsUp ? "old" : "new")} version writes there, the other one reads the same";
        if (mapping is not { IsUp: true, Place.Operation: AlterColumn { Type: { } to } } || mapping.Table.Find(mapping.Column) is not { } column)
            return null;
        // A length that is asked for by a cast cuts; an assignment refuses.
        return expression.IsColumnOrCast(column.Name) ? TypeChange.Loss(column.Type, to, isCast: expression.Casts().Any(cast => SqlType.SameType(cast.Type, to))) : null;
    }
}
