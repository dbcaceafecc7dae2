using System.Text;
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
/// <param name="Operations">Its operations, in order.</param>
sealed record ConvertedMigration(string Name, IReadOnlyList<OperationNode> Operations)
{
    const string Item = "  - ";

    /// <summary>What its file says.</summary>
    public MappingNode Document { get; } = Nodes.Map(("operations", Nodes.List(Operations.Select(o => o.Item))));

    /// <summary>The document as one line of JSON.</summary>
    public string Json => MigrationJson.Write(Document);

    /// <summary>The document as YAML, with the comments of the SQL before the operations that they stood before.</summary>
    public string Yaml
    {
        get
        {
            var yaml = YamlWriter.Write(Document);
            if (Operations.All(operation => operation.Notes.Count == 0))
                return yaml;
            var text = new StringBuilder();
            var next = 0;
            // Whatever belongs to an operation is indented deeper than the dash that it begins with.
            foreach (var line in yaml.TrimEnd('\n').Split('\n'))
            {
                if (line.StartsWith(Item, StringComparison.Ordinal))
                    foreach (var note in Operations[next++].Notes.SelectMany(Notes.Lines))
                        text.Append("  # ").Append(note).Append('\n');
                text.Append(line).Append('\n');
            }
            return text.ToString();
        }
    }
}

/// <summary>A sentence about a line of the SQL.</summary>
/// <param name="Line">The line, from 1 on.</param>
/// <param name="Text">The sentence, without a full stop.</param>
sealed record Remark(int Line, string Text);
