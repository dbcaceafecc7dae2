namespace PgRoll.Build.Tasks.Sets;

/// <summary>A folder of migrations that a project has, and what becomes of it.</summary>
/// <param name="Folder">Its absolute path.</param>
/// <param name="Files">Absolute paths of the files.</param>
/// <param name="BaseSchema">The schema that holds the tables.</param>
/// <param name="ClassName">The name of the generated class, by which a project also calls the set.</param>
/// <param name="Namespace">The namespace of that class.</param>
/// <param name="IsPublic">Whether that class is public.</param>
sealed record ProjectSet(string Folder, IReadOnlyList<string> Files, string BaseSchema, string ClassName, string Namespace, bool IsPublic);
