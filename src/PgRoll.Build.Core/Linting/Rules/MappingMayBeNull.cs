using PgRoll.Build.Diagnostics;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0305.</summary>
sealed class MappingMayBeNull() : LintRule(new("PGR0305", "up-may-be-null", Severity.Warning,
    "up that may be NULL",
    "'{0}.{1}' is NOT NULL in the new version, and `up` is NULL where '{2}' is: `start` fails on such a row.",
    "A failed start takes everything back. Before it comes to that, the old version's writes of such rows are refused.",
    "Say what it is to be then: `coalesce(email, 'unknown')`."))
{
    public override void Check(LintContext context)
    {
        if (context.Before.IsPartlyUnknown)
            return;
        foreach (var mapping in context.Mappings.Where(mapping => mapping.IsUp))
            if (mapping.Place.After.Find(mapping.Table.Name)?.Find(mapping.Column) is { IsNullable: false } && NullableOperand(mapping) is { } operand)
                context.Add(Rule, mapping.Place, mapping.Field, mapping.Table.Name, mapping.Column, operand);
    }

    /// <summary>Operators give NULL for NULL, but for those of arrays; what functions and CASE do is their own business.</summary>
    static string? NullableOperand(Mapping mapping)
    {
        if (mapping.Expression.Roles.Any(role => role is NameRole.Keyword or NameRole.Function or NameRole.Qualified))
            return null;
        var operands = mapping.Expression.ReferencedNames.Select(name => mapping.Table.Find(name.Name)).OfType<Column>().ToList();
        return operands.Any(operand => operand.Type.Canonical.Contains("[]")) ? null : operands.FirstOrDefault(operand => operand.IsNullable)?.Name;
    }
}
