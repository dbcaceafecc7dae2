using PgRoll.Build.Statements;

namespace PgRoll.Build.Conversion;

/// <summary>A statement of a script.</summary>
/// <param name="Value">What it says.</param>
/// <param name="Text">Its words.</param>
/// <param name="Line">Where it begins, from 1 on.</param>
sealed record ScriptStatement(Statement Value, string Text, int Line)
{
    /// <summary>Its place among the statements of its part.</summary>
    public int Number { get; init; }

    /// <summary>Statements that it says as well: they are said by themselves where it stays SQL.</summary>
    public IReadOnlyList<ScriptStatement> Merged { get; init; } = [];

    /// <summary>All that it says, as it was written.</summary>
    public IEnumerable<ScriptStatement> Written => Merged.Concat([this with { Merged = [] }]).OrderBy(s => s.Number);

    /// <summary>With another statement, which it says as well from now on.</summary>
    public ScriptStatement Merge(ScriptStatement other, Statement value) => this with { Value = value, Merged = [.. Merged, .. other.Written] };

    /// <summary>The comments that stand before it, and behind it on its line, as they were written.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Comments on a table that it makes, and on the table's columns.</summary>
    public IReadOnlyList<CommentOn> Comments { get; init; } = [];

    /// <summary>What rows without a value get, where the statement forbids NULL and one before it filled them; else null.</summary>
    public string? Fill { get; init; }
}

/// <summary>Statements that belong together.</summary>
/// <param name="Migration">The migration that they were in the tool that wrote the script; null where it does not say.</param>
/// <param name="Statements">The statements.</param>
sealed record ScriptPart(string? Migration, IReadOnlyList<ScriptStatement> Statements);
