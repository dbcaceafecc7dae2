using PgRoll.Build.SqlText;

namespace PgRoll.Build.Model;

/// <summary>An index that belongs to no constraint.</summary>
/// <param name="Name">Its name in this version; unique in the schema.</param>
/// <param name="IsUnique">Whether it refuses duplicates.</param>
/// <param name="Definition">
/// Everything after the word USING, as <c>pg_get_indexdef</c> spells it: method, keys with their options, INCLUDE, WITH, WHERE.
/// Kept as text because only the server knows all of it; columns in it go by the version's names.
/// </param>
public sealed record Index(string Name, bool IsUnique, SqlClause Definition)
{
    /// <summary>Its name in the database.</summary>
    public string Physical { get => field ?? Name; init; }

    /// <summary>The columns that keys, INCLUDE, expressions and predicate name.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Whether it leaves rows out: the word is the grammar's alone, a column of that name is quoted.</summary>
    internal bool IsPartial => SqlLexer.Significant(Definition.Text).Any(token => token.IsWord("where"));

    /// <summary>What hangs on it.</summary>
    public IndexProperties Properties { get; init; } = IndexProperties.None;
}
