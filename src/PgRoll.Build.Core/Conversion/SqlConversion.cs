using PgRoll.Build.Documents;
using PgRoll.Build.Migrations;

namespace PgRoll.Build.Conversion;

/// <summary>What became of SQL.</summary>
/// <param name="Migrations">The migrations, in the order in which they are applied.</param>
/// <param name="Remarks">What is in none of them, and what was taken for something, in the order of the text.</param>
sealed record SqlConversion(IReadOnlyList<ConvertedMigration> Migrations, IReadOnlyList<Remark> Remarks)
{
    /// <summary>What no server takes for SQL; null where all of it may be. Then there are no migrations.</summary>
    public Remark? Problem { get; init; }
}

/// <summary>A migration that was SQL.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Document">What its file says.</param>
sealed record ConvertedMigration(string Name, MappingNode Document)
{
    /// <summary>The document as one line of JSON.</summary>
    public string Json => MigrationJson.Write(Document);
}

/// <summary>A sentence about a line of the SQL.</summary>
/// <param name="Line">The line, from 1 on.</param>
/// <param name="Text">The sentence, without a full stop.</param>
sealed record Remark(int Line, string Text);
