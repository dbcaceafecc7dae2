using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Documents;

/// <summary>Gathers the entries of one mapping and reports names that occur twice.</summary>
sealed class MappingBuilder(Report report, DocumentFormat format)
{
    readonly List<MappingEntry> _entries = [];
    readonly Dictionary<string, TextSpan> _keys = new(StringComparer.Ordinal);

    /// <summary>Adds an entry; a second one of the same name is reported where <paramref name="site"/> is, or at its key.</summary>
    public void Add(MappingEntry entry, TextSpan? site = null)
    {
        var key = entry.Key;
        if (_keys.TryGetValue(key.Text, out var first))
            report.Add(
                DocumentRules.InvalidSyntax, site ?? key.Span, format.Name(),
                $"the key {Quoted.Short(key.Text)} is already set in line {first.Line}; remove one of the two.");
        else
        {
            _keys.Add(key.Text, site ?? key.Span);
            _entries.Add(entry);
        }
    }

    public MappingNode Build(TextSpan span) => new(_entries, span);
}
