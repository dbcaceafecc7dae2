using PgRoll.Build.Statements;

namespace PgRoll.Build.Conversion;

/// <summary>A statement of a script.</summary>
/// <param name="Value">What it says.</param>
/// <param name="Text">Its words.</param>
/// <param name="Line">Where it begins, from 1 on.</param>
sealed record ScriptStatement(Statement Value, string Text, int Line)
{
    /// <summary>Comments on a table that it makes, and on the table's columns.</summary>
    public IReadOnlyList<CommentOn> Comments { get; init; } = [];

    /// <summary>What rows without a value get, where the statement forbids NULL and one before it filled them; else null.</summary>
    public string? Fill { get; init; }
}

/// <summary>Statements that belong together.</summary>
/// <param name="Migration">The migration that they were in the tool that wrote the script; null where it does not say.</param>
/// <param name="Statements">The statements.</param>
sealed record ScriptPart(string? Migration, IReadOnlyList<ScriptStatement> Statements);
