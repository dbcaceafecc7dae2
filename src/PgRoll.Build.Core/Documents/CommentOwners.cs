using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Documents;

/// <summary>Finds the key or list item that a comment belongs to.</summary>
sealed class CommentOwners
{
    /// <summary>A key with its value, or a list item; its path is put together only when a comment asks for it.</summary>
    sealed record Site(Site? Parent, string? Key, int Index, TextSpan Span)
    {
        public string Path => Key is { } key ? DocumentPath.Join(Parent?.Path ?? "", key) : DocumentPath.Join(Parent?.Path ?? "", Index);
    }

    /// <summary>All sites, parents before children, which is the order of the file.</summary>
    readonly List<Site> _sites = [];
    readonly Dictionary<int, Site> _lastEndingOnLine = [];

    public CommentOwners(Node root) => Visit(root, null);

    public string? Of(TextSpan comment, bool standsAlone)
    {
        if (standsAlone)
            return FirstFrom(comment.Line, comment.Column)?.Path;
        return FirstFrom(comment.Line, 1) is { } starting && IsBefore(starting.Span, comment.Line, comment.Column)
            ? starting.Path
            : _lastEndingOnLine.TryGetValue(comment.Line, out var ending) ? ending.Path : FirstFrom(comment.Line, comment.Column)?.Path;
    }

    Site? FirstFrom(int line, int column)
    {
        var (low, high) = (0, _sites.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (IsBefore(_sites[middle].Span, line, column))
                low = middle + 1;
            else
                high = middle;
        }
        return low < _sites.Count ? _sites[low] : null;
    }

    void Visit(Node node, Site? parent)
    {
        switch (node)
        {
            case MappingNode mapping:
                foreach (var entry in mapping.Entries)
                    if (Holds(mapping.Span, entry.Key.Span))
                        Add(new(parent, entry.Key.Text, 0, entry.Key.Span with { EndLine = entry.Value.Span.EndLine }), entry.Value);
                break;
            case SequenceNode sequence:
                for (var i = 0; i < sequence.Items.Count; i++)
                    if (Holds(sequence.Span, sequence.Items[i].Span))
                        Add(new(parent, null, i, sequence.Items[i].Span), sequence.Items[i]);
                break;
        }
    }

    void Add(Site site, Node value)
    {
        _sites.Add(site);
        _lastEndingOnLine[site.Span.EndLine] = site;
        Visit(value, site);
    }

    /// <summary>What an alias or a merge brings in stands elsewhere in the file, and has its comments there.</summary>
    static bool Holds(TextSpan outer, TextSpan inner) =>
        !IsBefore(inner, outer.Line, outer.Column) && IsBefore(inner, outer.EndLine, outer.EndColumn + 1);

    static bool IsBefore(TextSpan span, int line, int column) => span.Line < line || (span.Line == line && span.Column < column);
}
