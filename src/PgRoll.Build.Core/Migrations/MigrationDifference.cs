using PgRoll.Build.Documents;

namespace PgRoll.Build.Migrations;

/// <summary>
/// Where two documents say different things. What is left out says the same as what is empty, off, or the default in words: pgroll keeps
/// a migration with such fields added and removed. Only in alter_column three fields tell being left out from being empty.
/// </summary>
static class MigrationDifference
{
    static readonly HashSet<string> NotCompared = ["name", "files", "tool"], ThreeStates = ["nullable", "default", "comment"];

    /// <summary>Fields whose words pgroll takes in any case, with the word that is meant where there is none.</summary>
    static readonly Dictionary<string, string> Words = new()
    {
        ["on_delete"] = "NO ACTION",
        ["on_update"] = "NO ACTION",
        ["match_type"] = "SIMPLE",
        ["method"] = "btree",
        ["user_specified_values"] = "ALWAYS",
        ["sort"] = "ASC",
    };

    /// <summary>The path to the first difference; null where there is none.</summary>
    public static string? Find(Document one, Document other) => Find("", Without(one.Root), Without(other.Root), "");

    static MappingNode Without(MappingNode root) => new([.. root.Entries.Where(e => !NotCompared.Contains(e.Key.Text))], root.Span);

    static string? Find(string path, Node one, Node other, string field) => (one, other) switch
    {
        (MappingNode a, MappingNode b) => a.Entries.Concat(b.Entries).Select(e => e.Key.Text).Distinct()
            .Select(key => Find(DocumentPath.Join(path, key), a.Find(key)?.Value, b.Find(key)?.Value, key, isThreeState: field == "alter_column" && ThreeStates.Contains(key)))
            .FirstOrDefault(found => found is not null),
        (SequenceNode a, SequenceNode b) => Enumerable.Range(0, Math.Max(a.Items.Count, b.Items.Count))
            .Select(i => i < a.Items.Count && i < b.Items.Count ? Find($"{path}[{i}]", a.Items[i], b.Items[i], field) : $"{path}[{i}]")
            .FirstOrDefault(found => found is not null),
        (ScalarNode a, ScalarNode b) when a.Kind == b.Kind && string.Equals(a.Text, b.Text, Words.ContainsKey(field) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal) => null,
        _ => IsEmpty(field, one) && IsEmpty(field, other) ? null : path,
    };

    static string? Find(string path, Node? one, Node? other, string field, bool isThreeState) => (one, other) switch
    {
        (null, null) => null,
        ({ } a, { } b) => isThreeState && a.IsNull != b.IsNull ? path : Find(path, a, b, field),
        _ => isThreeState ? path : IsEmpty(field, (one ?? other)!) ? null : path,
    };

    static bool IsEmpty(string field, Node node) => node switch
    {
        ScalarNode { Kind: ScalarKind.Null or ScalarKind.False } or ScalarNode { Kind: ScalarKind.String, Text: "" } => true,
        ScalarNode { Kind: ScalarKind.String } word => Words.TryGetValue(field, out var meant) && string.Equals(word.Text, meant, StringComparison.OrdinalIgnoreCase),
        SequenceNode { Items.Count: 0 } => true,
        MappingNode mapping => mapping.Entries.All(e => IsEmpty(e.Key.Text, e.Value)),
        _ => false,
    };
}
