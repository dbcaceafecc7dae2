using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PgRoll.Build.Documents;

namespace PgRoll.Build.Migrations;

/// <summary>
/// Whether migrations say the same: the SHA-256 of their content as JSON with sorted keys. Comments, layout, the order of keys and the
/// choice between YAML and JSON do not change it.
/// </summary>
static class Checksum
{
    /// <summary>What one migration says; its name is not part of it.</summary>
    public static string Of(Migration migration) => Hash(MigrationJson.Write(Sorted(migration.Document.Root)));

    /// <summary>What several migrations say, under which names and in which order.</summary>
    public static string Of(IEnumerable<Migration> migrations) =>
        Hash(string.Concat(migrations.Select(migration => $"{Of(migration)} {migration.Name}\0")));

    static MappingNode Sorted(MappingNode mapping) => new(
        [.. mapping.Entries.OrderBy(e => e.Key.Text, StringComparer.Ordinal).Select(e => e with { Value = Sorted(e.Value) })],
        mapping.Span);

    static Node Sorted(Node node) => node switch
    {
        MappingNode mapping => Sorted(mapping),
        SequenceNode sequence => sequence with { Items = [.. sequence.Items.Select(Sorted)] },
        _ => node,
    };

    static string Hash(string text)
    {
#if NETSTANDARD2_0
        using var sha = SHA256.Create();
        var hash = sha.ComputeHash(Encoding.UTF8.GetBytes(text));
#else
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
#endif
        return string.Concat(hash.Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
