using PgRoll.Build.Operations;
using PgRoll.Build.Statements;

namespace PgRoll.Build.Linting;

/// <summary>A statement of raw SQL.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="Operation">The operation whose SQL it is.</param>
/// <param name="Path">The place of the SQL in the document.</param>
/// <param name="Schema">The schema that a name without one means.</param>
/// <param name="Order">Its place among all statements of the migration.</param>
sealed record LintedStatement(Statement Statement, RawSqlOperation Operation, string Path, string Schema, int Order)
{
    /// <summary>Whether <c>rollback</c> runs it, not <c>start</c> or <c>complete</c>.</summary>
    public bool IsDown { get; init; }

    /// <summary>The schema of a name in it.</summary>
    public string SchemaOf(ObjectName name) => name.Schema ?? Schema;

    /// <summary>All of it.</summary>
    public SqlSpan Span => new(Statement.Source.Start, Statement.Source.Length);
}
