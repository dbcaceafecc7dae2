using PgRoll.Build.Documents;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Operations;

/// <summary>Fields that hold SQL.</summary>
static class SqlFields
{
    delegate T? Parser<T>(string text, out string? problem);

    /// <summary>An expression; absent, null and empty are the same, as they are for pgroll.</summary>
    public static SqlExpression? Expression(this FieldReader fields, string name) =>
        fields.OptionalString(name) is { Length: > 0 } text ? Parse<SqlExpression>(fields, name, text, SqlExpression.Parse) : null;

    /// <summary>An expression that must be there; of what is not one, a stand-in that nobody will use.</summary>
    public static SqlExpression RequiredExpression(this FieldReader fields, string name) =>
        ParseRequired<SqlExpression>(fields, name, SqlExpression.Parse) ?? SqlExpression.FromCatalog("NULL");

    /// <summary>An expression, null where the file says null, and whether it says anything.</summary>
    public static Change<SqlExpression> ExpressionChange(this FieldReader fields, string name)
    {
        var field = fields.Settable(name);
        return new(field.IsGiven, field.Value is { } text ? Parse<SqlExpression>(fields, name, text, SqlExpression.Parse) : null);
    }

    /// <summary>An expression for each of some columns; an empty one is none.</summary>
    public static IReadOnlyDictionary<string, SqlExpression> ExpressionMap(this FieldReader fields, string name) =>
        Parse(fields, name, fields.StringMap(name));

    /// <summary>The same, of a field that must be there.</summary>
    public static IReadOnlyDictionary<string, SqlExpression> RequiredExpressionMap(this FieldReader fields, string name) =>
        Parse(fields, name, fields.RequiredStringMap(name));

    public static SqlClause? Clause(this FieldReader fields, string name) =>
        fields.OptionalString(name) is { Length: > 0 } text ? Parse<SqlClause>(fields, name, text, SqlClause.Parse) : null;

    public static SqlClause RequiredClause(this FieldReader fields, string name) =>
        ParseRequired<SqlClause>(fields, name, SqlClause.Parse) ?? SqlClause.FromCatalog("");

    public static SqlType? Type(this FieldReader fields, string name) =>
        fields.OptionalString(name) is { Length: > 0 } text ? Parse<SqlType>(fields, name, text, SqlType.Parse) : null;

    public static SqlType RequiredType(this FieldReader fields, string name) =>
        ParseRequired<SqlType>(fields, name, SqlType.Parse) ?? SqlType.Parse("text", out _)!;

    static Dictionary<string, SqlExpression> Parse(FieldReader fields, string name, IEnumerable<KeyValuePair<string, string>> texts)
    {
        var expressions = new Dictionary<string, SqlExpression>();
        foreach (var pair in texts)
            if (pair.Value.Length > 0 && Parse<SqlExpression>(fields, DocumentPath.Join(name, pair.Key), pair.Value, SqlExpression.Parse) is { } expression)
                expressions[pair.Key] = expression;
        return expressions;
    }

    static T? ParseRequired<T>(FieldReader fields, string name, Parser<T> parse) where T : class =>
        fields.RequiredStringOrNull(name) is { } text ? Parse(fields, name, text, parse) : null;

    static T? Parse<T>(FieldReader fields, string name, string text, Parser<T> parse) where T : class
    {
        var value = parse(text, out var problem);
        if (value is null)
            fields.Fail(name, ReferenceRules.NotAnExpression, name, problem ?? "");
        return value;
    }
}
