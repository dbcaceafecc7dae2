using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans.Parts;

/// <summary>
/// A user's expression as a function of the columns it names. Its body is bound when it is created, on the runner's search path, so
/// it means the same for every client, whatever its path; the server inlines it, so it costs nothing; and creating it is the proof,
/// before any table is locked, that it is right.
/// </summary>
sealed record ExpressionFunction(string What, QualifiedName Name, IReadOnlyList<Column> Parameters, SqlType Type, SqlExpression Expression)
{
    /// <summary>The mapping that holds the expression; null for a default.</summary>
    public RowMapping? Mapping { get; init; }

    /// <summary>The way that the mapping is gone, up or down.</summary>
    public string Direction { get; init; } = "";

    /// <summary>The column whose value it is.</summary>
    public Column? Column { get; init; }

    /// <summary>
    /// A bare literal is text by itself, and a function returns what its type is assigned from: an enum is not. A type with a length is
    /// left alone, since a cast would cut what does not fit.
    /// </summary>
    Sql Body => Expression.IsStringLiteral && !Type.Canonical.Contains('(') ? Sql.Of($"CAST({Expression} AS {Type})") : Expression.ToSql();

    /// <summary>Argument types are named because a function's name alone may be overloaded by a user.</summary>
    Sql Signature => Sql.Of($"{Name}({Parameters.Select(p => Sql.Of($"{p.Type}"))})");

    /// <summary>It runs with the rights of whoever writes to the table, and default privileges may keep functions from everybody.</summary>
    public SqlStep Create()
    {
        var parameters = Parameters.Select(p => Sql.Of($"{new Ident(p.Name)} {p.Type}"));
        return new($"{What}; names in it are bound here, on the runner's search path", Sql.Of(
            $"""
             CREATE FUNCTION {Name}({parameters}) RETURNS {Type}
             LANGUAGE sql RETURN {Body};
             GRANT EXECUTE ON FUNCTION {Signature} TO PUBLIC
             """))
        {
            Undo = Drop(),
        };
    }

    public Sql Drop() => Sql.Of($"DROP FUNCTION IF EXISTS {Signature}");
}
