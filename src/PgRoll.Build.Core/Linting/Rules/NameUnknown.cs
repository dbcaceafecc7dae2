using PgRoll.Build.Diagnostics;
using PgRoll.Build.Linting.Names;
using PgRoll.Build.Operations;
using PgRoll.Build.SqlText;
using PgRoll.Build.Statements;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0310.</summary>
sealed class NameUnknown() : LintRule(new("PGR0310", "unknown-function-or-type", Severity.Warning,
    "Function or type that nothing makes",
    "{0} '{1}' is neither PostgreSQL's nor made by these migrations{2}",
    "`start` would fail on a database that these migrations alone have made.",
    "Correct the name, or make it in an earlier migration; if an extension has it: `CREATE EXTENSION IF NOT EXISTS …`."))
{
    public override void Check(LintContext context)
    {
        if (context.Before.IsPartlyUnknown || context.Names.AreMore)
            return;
        foreach (var column in context.Columns)
            if (column.OpenTypeName is { } type && !HasType(context, type))
                context.Add(Rule, column.Place, column.TypeField, "Type", type, Checks.DidYouMean(type, PgCatalog.Types));
        foreach (var place in context.Operations)
            foreach (var field in ExpressionField.Of(place.Operation))
                Check(context, place, field.Field, field.Expression);
        foreach (var mapping in context.Mappings)
            Check(context, mapping.Place, mapping.Field, mapping.Expression);
    }

    /// <summary>In a query what stands before a parenthesis may be an alias with its columns.</summary>
    void Check(LintContext context, LintedOperation place, string field, SqlExpression expression)
    {
        if (expression.HasSubquery())
            return;
        foreach (var call in expression.Calls())
            if (!context.Names.HasFunction(call.Name))
                context.Add(Rule, place, field, new SqlSpan(call.Offset, call.Length), "Function", call.Name, Checks.DidYouMean(call.Name, PgCatalog.Functions));
        foreach (var type in expression.CastTypes())
            if (!HasType(context, type.Name))
                context.Add(Rule, place, field, new SqlSpan(type.Offset, type.Length), "Type", type.Name, Checks.DidYouMean(type.Name, PgCatalog.Types));
    }

    static bool HasType(LintContext context, string type) => context.Names.HasType(type) || context.Before.Find(type) is not null;
}
