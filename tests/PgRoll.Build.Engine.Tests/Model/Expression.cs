using System.Globalization;

namespace PgRoll.Build.Engine.Tests.ModelTest;

/// <summary>An expression over a row: its SQL, and what that means. NULL is null, every other value is as the server prints it.</summary>
/// <param name="Sql">Can stand wherever an operand can.</param>
/// <param name="Columns">The columns it names.</param>
/// <param name="Of">Its value.</param>
sealed record Expression(string Sql, IReadOnlyList<string> Columns, Func<IReadOnlyDictionary<string, object?>, object?> Of)
{
    /// <summary>Whether it is a column and nothing else: a value passes through as it is.</summary>
    public bool IsColumn { get; private init; }

    public static Expression Column(Column column) => new(column.Sql, [column.Name], row => row[column.Name]) { IsColumn = true };

    /// <summary>A literal, bare or of a type.</summary>
    public static Expression Constant(string value, Kind? kind) => new($"{SqlLiteral.Of(value)}{(kind is null ? "" : $"::{kind}")}", [], _ => value);

    /// <summary>The value as another type; what cannot be one becomes NULL, or something else that every server agrees about.</summary>
    public Expression As(Kind from, Kind to) =>
        from == to || from.IsInteger && to == Kind.Big ? this
        : from == Kind.Big && to == Kind.Int || from.IsInteger && to == Kind.Number ? Strict($"({Sql})::{to}", s => s)
        : from == Kind.Number && to.IsInteger ? Strict($"trunc({Sql})::{to}", s => decimal.Truncate(Number(s)).ToString(CultureInfo.InvariantCulture))
        : from == Kind.Bool && to == Kind.Int ? Strict($"({Sql})::int", s => s == "true" ? "1" : "0")
        : from.IsInteger && to == Kind.Bool ? Strict($"({Sql} > 0)", s => Number(s) > 0 ? "true" : "false")
        : ToText(from).FromText(to);

    /// <summary>The same type, another value: seven harmless functions, none of which is the inverse of another.</summary>
    public Expression Twisted(Kind kind, int which) => (kind, which % 5) switch
    {
        ({ IsText: true }, 0) => Strict($"upper({Sql})", s => s.ToUpperInvariant()),
        ({ IsText: true }, 1) => Strict($"({Sql} || '!')", s => s + "!"),
        ({ IsText: true }, 2) => Strict($"nullif({Sql}, 'none')", s => s == "none" ? null : s),
        ({ IsText: true }, 3) => Strict($"left({Sql}, 3)", s => s[..Math.Min(3, s.Length)]),
        ({ IsInteger: true }, 0) => Strict($"({Sql} + 1)", s => (Number(s) + 1).ToString(CultureInfo.InvariantCulture)),
        ({ IsInteger: true }, 1) => Strict($"(- {Sql})", s => (0 - Number(s)).ToString(CultureInfo.InvariantCulture)),
        _ when kind == Kind.Bool && which % 5 == 0 => Strict($"(NOT {Sql})", s => s == "true" ? "false" : "true"),
        _ => this,
    };

    public Expression Word(bool isFirst) => isFirst
        ? Strict($"split_part({Sql}, ' ', 1)", s => s.Split(' ')[0])
        : Strict($"reverse(split_part(reverse({Sql}), ' ', 1))", s => s.Split(' ')[^1]);

    public Expression And(Expression other) => new($"({Sql} || ' ' || {other.Sql})", [.. Columns, .. other.Columns],
        row => Of(row) is string left && other.Of(row) is string right ? $"{left} {right}" : null);

    /// <summary>A value that a column can hold.</summary>
    public Expression For(Column column, Column id)
    {
        var value = column.Kind == Kind.Short ? Strict($"left({Sql}, 40)", s => s[..Math.Min(40, s.Length)]) : this;
        if (column.Unique is not null)
            return new($"(coalesce({value.Sql}, 'u') || '#' || {id.Sql})", [.. Columns, id.Name], row => $"{value.Of(row) ?? "u"}#{row[id.Name]}");
        if (column.Check is not null)
            value = value.Strict($"nullif({value.Sql}, {SqlLiteral.Of(column.Kind.Forbidden!)})", s => s == column.Kind.Forbidden ? null : s);
        if (column.IsNullable)
            return value;
        var instead = column.Kind.Usual.First(v => v != column.Kind.Forbidden);
        return new($"coalesce({value.Sql}, {SqlLiteral.Of(instead)})", Columns, row => value.Of(row) ?? instead);
    }

    Expression ToText(Kind from) =>
        from.IsText ? this
        : from == Kind.Bool ? new($"(CASE WHEN {Sql} THEN 'yes' ELSE 'no' END)", Columns, row => Of(row) is "true" ? "yes" : "no")
        : Strict($"({Sql})::text", s => s);

    Expression FromText(Kind to) =>
        to.IsText ? this
        : to == Kind.Bool ? Strict($"({Sql} = 'yes')", s => s == "yes" ? "true" : "false")
        : to == Kind.Json ? Strict($"to_json({Sql})", s => $"\"{s.Replace("\"", "\\\"", StringComparison.Ordinal)}\"")
        : Strict($"(CASE WHEN {Sql} ~ '^[0-9]{{1,6}}$' THEN ({Sql})::{to} END)",
            s => s.Length is > 0 and <= 6 && s.All(char.IsAsciiDigit) ? Number(s).ToString(CultureInfo.InvariantCulture) : null);

    /// <summary>NULL of NULL.</summary>
    Expression Strict(string sql, Func<string, string?> meaning) => new(sql, Columns, row => Of(row) switch
    {
        null => null,
        string value => meaning(value),
        _ => throw new InvalidOperationException($"'{sql}' is computed from a value that only the server knows."),
    });

    static decimal Number(string value) => decimal.Parse(value, CultureInfo.InvariantCulture);
}

/// <summary>Values and names as SQL.</summary>
static class SqlLiteral
{
    static readonly HashSet<string> reserved = ["order", "full"];

    public static string Of(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Quoted only where it must be, so that both spellings are met.</summary>
    public static string Name(string name) =>
        (char.IsAsciiLetterLower(name[0]) || name[0] == '_') && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_') && !reserved.Contains(name)
            ? name
            : $"\"{name}\"";
}
