using PgRoll.Build.Model;
using PgRoll.Build.Operations;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Linting;

/// <summary>An expression, and the field of an operation that holds it.</summary>
/// <param name="Field">The field.</param>
/// <param name="Expression">The expression.</param>
readonly record struct ExpressionField(string Field, SqlExpression Expression)
{
    /// <summary>All expressions of an operation but its mappings.</summary>
    public static IEnumerable<ExpressionField> Of(Operation operation) =>
        from field in All(operation)
        where field.Expression is not null
        select new ExpressionField(field.Name, field.Expression);

    static IEnumerable<(string Name, SqlExpression? Expression)> All(Operation operation) => operation switch
    {
        CreateTable o => o.Columns.SelectMany((column, i) => Of(column, $"columns[{i}]"))
            .Concat(o.Constraints.Select((constraint, i) => ($"constraints[{i}].check", (constraint as CheckConstraint)?.Expression))),
        AddColumn o => Of(o.Column, "column"),
        AlterColumn o => [("default", o.Default.To), ("check.constraint", o.Check?.Expression)],
        CreateConstraint o => [("check", (o.Constraint as CheckConstraint)?.Expression)],
        CreateIndex o => [("predicate", o.Predicate)],
        _ => [],
    };

    static IEnumerable<(string Name, SqlExpression? Expression)> Of(ColumnSpec column, string at) =>
        [($"{at}.default", column.Default), ($"{at}.check.constraint", column.Check?.Expression), ($"{at}.generated.expression", column.GeneratedAs)];
}
