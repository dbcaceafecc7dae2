using System.Collections;
using System.Reflection;
using PgRoll.Build.SqlText;
using PgRoll.Build.Statements;

namespace PgRoll.Build.Core.Tests.Statements;

/// <summary>Prints what was read of a statement: all that is not as it would be by itself, but not where it stands.</summary>
static class StatementText
{
    public static string Of(object value) => value switch
    {
        string text => $"'{text}'",
        Name name => name.Text,
        ObjectName name => name.ToString(),
        Expression expression => $"[{expression.Value.Text}]",
        SqlClause clause => $"[{clause.Text}]",
        SqlType type => type.Canonical,
        SqlExpression expression => $"[{expression.Text}]",
        bool or Enum => $"{value}",
        IEnumerable list => $"({string.Join(", ", list.Cast<object>().Select(Of))})",
        _ => $"{value.GetType().Name}{Properties(value)}",
    };

    static string Properties(object value)
    {
        var texts = value.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.Name is not ("EqualityContract" or "Source" or "Span" or "At" or "Action") && property.GetIndexParameters().Length == 0)
            .Select(property => (property.Name, Value: property.GetValue(value)))
            .Where(property => !IsUsual(property.Value))
            .Select(property => property.Value is true ? property.Name : $"{property.Name}: {Of(property.Value!)}");
        return $" {{ {string.Join(", ", texts)} }}";
    }

    static bool IsUsual(object? value) => value switch
    {
        null or false or "" => true,
        Enum word => Convert.ToInt32(word, System.Globalization.CultureInfo.InvariantCulture) == 0 && word is not ObjectKind and not RowChange and not Maintenance and not GenerationChange and not TableSetting,
        ICollection list => list.Count == 0,
        _ => false,
    };
}
