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
    public SqlStep Create()
    {
        var parameters = Parameters.Select(p => Sql.Of($"{new Ident(p.Name)} {p.Type}"));
        return new($"{What}; names in it are bound here, on the runner's search path", Sql.Of(
            $"""
             CREATE FUNCTION {Name}({parameters}) RETURNS {Type}
             LANGUAGE sql RETURN {Expression}
             """))
        {
            Undo = Drop(),
        };
    }

    /// <summary>Argument types are named because a function's name alone may be overloaded by a user.</summary>
    public Sql Drop() => Sql.Of($"DROP FUNCTION IF EXISTS {Name}({Parameters.Select(p => Sql.Of($"{p.Type}"))})");
}
