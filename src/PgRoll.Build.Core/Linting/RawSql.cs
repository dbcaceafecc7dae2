using PgRoll.Build.Operations;
using PgRoll.Build.Statements;

namespace PgRoll.Build.Linting;

/// <summary>The statements of a migration's raw SQL.</summary>
static class RawSql
{
    public static IEnumerable<LintedStatement> StatementsOf(IEnumerable<LintedOperation> operations, string home)
    {
        var order = 0;
        foreach (var place in operations)
            if (place.Operation is RawSqlOperation raw)
            {
                foreach (var statement in Read(raw, raw.Statements, $"{place.Path}.up"))
                    yield return statement;
                foreach (var statement in Read(raw, raw.DownStatements, $"{place.Path}.down"))
                    yield return statement with { IsDown = true };
            }

        IEnumerable<LintedStatement> Read(RawSqlOperation raw, IReadOnlyList<Statement> statements, string path)
        {
            var schema = home;
            foreach (var statement in statements)
            {
                yield return new(statement, raw, path, schema, order++);
                schema = SearchPath.After(statement, schema, home);
            }
        }
    }
}
