namespace PgRoll.Build.Documents;

/// <summary>A field that a reader asks for: what a file may say, told by the code that reads it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="IsRequired">Whether it must be there.</param>
sealed record FieldDescription(string Name, FieldKind Kind, bool IsRequired)
{
    /// <summary>Whether it may be null; of one that need not be there, null says mostly that it is not.</summary>
    public bool MayBeNull { get; init; } = !IsRequired;

    /// <summary>The words to choose from; empty for any.</summary>
    public IReadOnlyCollection<string> Words { get; init; } = [];

    /// <summary>Whether the words may be written in either case.</summary>
    public bool IgnoresCase { get; init; }

    /// <summary>The fields of the mapping, or of each mapping in the list, that it holds.</summary>
    public IReadOnlyList<FieldDescription> Fields { get; init; } = [];
}

/// <summary>What a field holds.</summary>
enum FieldKind
{
    Text,

    /// <summary>A text that is not empty.</summary>
    Name,
    Flag,
    TextList,
    TextMap,
    Mapping,
    MappingList,
}
