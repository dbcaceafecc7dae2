using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Documents;

/// <summary>Finds the fields of one mapping by name and keeps account of those that are missing, misspelt or unknown.</summary>
/// <param name="mapping">The mapping.</param>
/// <param name="owner">How sentences call it: <c>create_table.columns[1]</c>.</param>
/// <param name="report">Speaks about the mapping's place in the document.</param>
/// <param name="parent">The mapping around it, which fails along with it.</param>
sealed class FieldLookup(MappingNode mapping, string owner, Report report, FieldLookup? parent)
{
    readonly List<string> _known = [];
    readonly List<string> _missing = [];
    readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    bool _failed;

    public IReadOnlyList<MappingEntry> Entries => mapping.Entries;

    /// <summary>How sentences call the mapping.</summary>
    public string Owner => owner;

    /// <summary>The field, even if it is null.</summary>
    public MappingEntry? Find(string name)
    {
        if (!_known.Contains(name))
            _known.Add(name);
        if (mapping.Find(name) is { } exact)
        {
            _seen.Add(name);
            return exact;
        }
        // pgroll takes keys of any case. One spelling is enough, but what was meant is clear: read on with it.
        var other = mapping.Entries.FirstOrDefault(entry => string.Equals(entry.Key.Text, name, StringComparison.OrdinalIgnoreCase));
        if (other is null || !_seen.Add(other.Key.Text))
            return null;
        FailAtKey(other, $"{Quoted.Short(other.Key.Text)} must be written '{name}'.");
        return other;
    }

    /// <summary>The field, unless it is absent or null.</summary>
    public MappingEntry? Optional(string name) => Find(name) is { Value.IsNull: false } entry ? entry : null;

    /// <summary>The field, which must be there; null may count as a value.</summary>
    public MappingEntry? Required(string name, bool mayBeNull = false)
    {
        var entry = Find(name);
        if (entry is null)
            _missing.Add(name);
        else if (entry.Value.IsNull && !mayBeNull)
            Fail(entry, "", $"'{name}' has no value.");
        return entry is { Value.IsNull: false } ? entry : null;
    }

    /// <summary>Takes all fields as known; who calls this reports on them.</summary>
    public void FindAll()
    {
        foreach (var entry in mapping.Entries)
            _seen.Add(entry.Key.Text);
    }

    /// <summary>Reports a field's value, or the part of it at a path below.</summary>
    public void Fail(MappingEntry entry, string below, string message)
    {
        MarkFailed();
        report.At(DocumentPath.Join("", entry.Key.Text)).Add(DocumentRules.InvalidStructure, at: below, owner, message);
    }

    /// <summary>Reports a field whose value breaks a rule of its reader's.</summary>
    public void Fail(string name, Rule rule, params object[] arguments)
    {
        MarkFailed();
        report.Add(rule, at: name, arguments);
    }

    /// <summary>Reports a field's name.</summary>
    public void FailAtKey(MappingEntry entry, string message)
    {
        MarkFailed();
        report.At(DocumentPath.Join("", entry.Key.Text)).Add(DocumentRules.InvalidStructure, entry.Key.Span, owner, message);
    }

    /// <summary>Reports the mapping as a whole.</summary>
    public void Fail(string message)
    {
        MarkFailed();
        report.Add(DocumentRules.InvalidStructure, at: "", owner, message);
    }

    /// <summary>The same account for a mapping below this one.</summary>
    public FieldLookup Below(MappingEntry entry, string path, MappingNode child, string name) =>
        new(child, name, report.At(DocumentPath.Join("", entry.Key.Text) + path), this);

    /// <summary>How sentences call a field below.</summary>
    public string NameOf(string field) => $"{owner}.{field}";

    /// <summary>Reports unknown and missing fields; says whether nothing was ever reported.</summary>
    public bool Done()
    {
        foreach (var entry in mapping.Entries.Where(entry => _seen.Add(entry.Key.Text)))
        {
            var key = entry.Key.Text;
            var meant = Suggestion.For(key, _known.Where(name => mapping.Find(name) is null));
            if (meant is not null)
                _missing.Remove(meant); // one slip, one finding
            FailAtKey(entry, meant is not null
                ? $"{Quoted.Short(key)} is not known here; did you mean '{meant}'?"
                : $"{Quoted.Short(key)} is not known here; known are {string.Join(", ", _known)}.");
        }
        foreach (var name in _missing)
        {
            MarkFailed();
            report.Add(DocumentRules.InvalidStructure, at: name, owner, $"'{name}' is missing.");
        }
        _missing.Clear();
        return !_failed;
    }

    void MarkFailed()
    {
        for (var lookup = this; lookup is not null; lookup = lookup.Parent)
            lookup._failed = true;
    }

    FieldLookup? Parent => parent;
}
