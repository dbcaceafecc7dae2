using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Operations;

namespace PgRoll.Build.Migrations;

/// <summary>A migration: operations that lead from one version of a schema to the next.</summary>
/// <param name="Name">Its name, the file's without extension.</param>
/// <param name="Operations">What it does, in order.</param>
public sealed record Migration(string Name, IReadOnlyList<Operation> Operations)
{
    /// <summary>The version's name where it is not the migration's; null otherwise.</summary>
    public string? VersionName { get; init; }

    /// <summary>The version's name, which the version schema's ends in.</summary>
    public string Version => VersionName ?? Name;

    /// <summary>Where in the document each operation stands: what could not be read is missing among the operations, not in the file.</summary>
    internal IReadOnlyList<string> Places { get; init; } = [.. Operations.Select((operation, i) => $"operations[{i}].{operation.Name}")];

    /// <summary>Whether something of it, or of a migration before it, could not be read: then nobody knows what it meets.</summary>
    internal bool IsPartlyRead { get; init; }

    /// <summary>Where an operation stands, or a field of it.</summary>
    internal Location At(int operation, string field)
    {
        var path = field.Length == 0 ? Places[operation] : $"{Places[operation]}{(field[0] == '[' ? "" : ".")}{field}";
        return new(Document.File, path, Document.Locate(path));
    }

    /// <summary>The document it was read from.</summary>
    public required Document Document { get; init; }

    /// <summary>The schema of views that its clients put on their search path.</summary>
    public string VersionSchema(string baseSchema) => Model.GeneratedNames.VersionSchema(baseSchema, Version);
}
