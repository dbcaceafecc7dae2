using PgRoll.Build.Documents;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Operations;

/// <summary>A column's check as a migration file describes it.</summary>
/// <param name="Name">The constraint's name.</param>
/// <param name="Expression">What must not be false.</param>
/// <param name="NoInherit">Whether child tables do not inherit it.</param>
public sealed record CheckSpec(string Name, SqlExpression Expression, bool NoInherit)
{
    internal static CheckSpec Read(FieldReader fields) =>
        new(fields.RequiredName("name"), fields.RequiredExpression("constraint"), fields.Bool("no_inherit"));

    internal CheckConstraint ToConstraint(Table table) =>
        new(Name, Expression) { NoInherit = NoInherit, Columns = table.ColumnsIn(Expression) };
}
