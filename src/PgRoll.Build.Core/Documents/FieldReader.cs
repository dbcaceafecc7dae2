using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Documents;

/// <summary>
/// Reads the fields of one mapping into typed values and reports every field that is missing, unknown or of the wrong type.
/// A field is known once it was asked for. Reading never stops: what could not be read is an empty value, and
/// <see cref="Done"/> then says that nothing should be made of it.
/// </summary>
/// <remarks>As in pgroll, <c>null</c> is the same as leaving the field out, except for <see cref="Settable"/>.</remarks>
sealed class FieldReader
{
    readonly FieldLookup _fields;
    readonly List<FieldDescription>? _descriptions;

    /// <summary>Reads <paramref name="mapping"/>, which findings call <paramref name="owner"/>; the report speaks about its place.</summary>
    public FieldReader(MappingNode mapping, string owner, Report report) : this(new(mapping, owner, report, parent: null)) { }

    FieldReader(FieldLookup fields, List<FieldDescription>? descriptions = null) => (_fields, _descriptions) = (fields, descriptions);

    /// <summary>The fields that a reader asks for, those that must be there first.</summary>
    public static IReadOnlyList<FieldDescription> Describe(Func<FieldReader, object?> read)
    {
        var descriptions = new List<FieldDescription>();
        read(new(new(new([], TextSpan.Start), "", new(), parent: null), descriptions));
        return [.. descriptions.OrderByDescending(field => field.IsRequired)];
    }

    /// <summary>How sentences call the mapping: <c>migration.operations[1]</c>.</summary>
    public string Owner => _fields.Owner;

    /// <summary>Whether the field says nothing: it is absent, null or an empty text.</summary>
    public bool IsEmpty(string name) => _fields.Optional(name) is null or { Value: ScalarNode { Kind: ScalarKind.String, Text: "" } };

    /// <summary>A string that must be there.</summary>
    public string RequiredString(string name) => RequiredStringOrNull(name) ?? "";

    /// <summary>A string that must be there; null where it was reported that it is not.</summary>
    public string? RequiredStringOrNull(string name) => AsString(name, Required(name, FieldKind.Text));

    /// <summary>A name for something new: what the server takes for a name, whatever else is wrong with it.</summary>
    public string RequiredName(string name)
    {
        var text = AsString(name, Required(name, FieldKind.Name));
        if (text?.Length == 0)
            Fail(name, "a name cannot be empty.");
        return text ?? "";
    }

    /// <summary>A string, or null.</summary>
    public string? OptionalString(string name) => AsString(name, Optional(name, FieldKind.Text));

    /// <summary>A string of which absence and null mean different things.</summary>
    public Settable Settable(string name)
    {
        Note(new(name, FieldKind.Text, false));
        return _fields.Find(name) is { } entry ? new(true, entry.Value.IsNull ? null : AsString(name, entry)) : default;
    }

    /// <summary>A boolean, or what its absence means.</summary>
    public bool Bool(string name, bool otherwise = false) => OptionalBool(name) ?? otherwise;

    /// <summary>A boolean, or null.</summary>
    public bool? OptionalBool(string name)
    {
        if (Optional(name, FieldKind.Flag) is not { } entry)
            return null;
        if (entry.Value is ScalarNode { Kind: ScalarKind.True or ScalarKind.False } scalar)
            return scalar.Kind == ScalarKind.True;
        var isQuoted = entry.Value is ScalarNode { Kind: ScalarKind.String } text
            && YamlScalars.KindOf(text.Text) is ScalarKind.True or ScalarKind.False;
        _fields.Fail(entry, "", $"'{name}' must be true or false, not {entry.Value.Describe()}{(isQuoted ? "; remove the quotes" : "")}.");
        return null;
    }

    /// <summary>One of <paramref name="words"/>, spelt as there, or null.</summary>
    public string? Word(string name, IReadOnlyCollection<string> words, bool ignoreCase = false) =>
        AsWord(name, Optional(name, FieldKind.Text, words: words, ignoresCase: ignoreCase), words, ignoreCase);

    /// <summary>One of <paramref name="words"/>, which must be there.</summary>
    public string RequiredWord(string name, IReadOnlyCollection<string> words, bool ignoreCase = false) =>
        AsWord(name, Required(name, FieldKind.Text, words: words, ignoresCase: ignoreCase), words, ignoreCase) ?? "";

    /// <summary>Strings in order; none if the field is absent.</summary>
    public IReadOnlyList<string> StringList(string name) => AsStrings(name, Optional(name, FieldKind.TextList));

    /// <summary>Strings in order; the field must be there, though it may be empty.</summary>
    public IReadOnlyList<string> RequiredStringList(string name) => AsStrings(name, Required(name, FieldKind.TextList, mayBeNull: true));

    /// <summary>Names with strings, in the order of the file; none if the field is absent.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> StringMap(string name) => AsStringMap(name, Optional(name, FieldKind.TextMap));

    /// <summary>Names with strings, in the order of the file; the field must be there.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> RequiredStringMap(string name) => AsStringMap(name, Required(name, FieldKind.TextMap));

    /// <summary>A value made of a mapping, or null.</summary>
    public T? Mapping<T>(string name, Func<FieldReader, T?> read) where T : class =>
        AsMapping(name, Optional(name, FieldKind.Mapping, read))?.Read(read);

    /// <summary>A value made of a mapping that must be there; of an empty one if it is not, so that reading goes on.</summary>
    public T RequiredMapping<T>(string name, Func<FieldReader, T> read) where T : class
    {
        if (AsMapping(name, Required(name, FieldKind.Mapping, read)) is not { } body)
            return read(new(new([], TextSpan.Start), name, new()));
        var value = read(body);
        body.Done();
        return value;
    }

    /// <summary>Values made of a list of mappings; none if the field is absent.</summary>
    public IReadOnlyList<T> MappingList<T>(string name, Func<FieldReader, T?> read) where T : class =>
        AsMappings(name, Optional(name, FieldKind.MappingList, read), read);

    /// <summary>Values made of a list of mappings; the field must be there, though it may be empty.</summary>
    /// <param name="name">The field.</param>
    /// <param name="read">Makes a value of a mapping.</param>
    /// <param name="hint">The end of a sentence about strings in place of mappings.</param>
    public IReadOnlyList<T> RequiredMappingList<T>(string name, Func<FieldReader, T?> read, string hint = "") where T : class =>
        AsMappings(name, Required(name, FieldKind.MappingList, read, mayBeNull: true), read, hint);

    /// <summary>
    /// The one field that this mapping consists of, whose name says what the mapping is (a <paramref name="kind"/> out of
    /// <paramref name="names"/>), and a reader of its body. An empty body has all its fields absent.
    /// </summary>
    public (string Name, FieldReader Body)? Choice(string kind, IReadOnlyCollection<string> names)
    {
        _fields.FindAll();
        if (_fields.Entries.Count == 0)
            _fields.Fail($"this list item names no {kind}.");
        foreach (var extra in _fields.Entries.Skip(1))
            _fields.FailAtKey(extra, $"a list item holds one {kind}; give {Quoted.Short(extra.Key.Text)} an item of its own.");
        if (_fields.Entries.Count != 1)
            return null;

        var entry = _fields.Entries[0];
        var name = entry.Key.Text;
        if (!names.Contains(name))
            _fields.FailAtKey(entry, $"{Quoted.Short(name)} is no {kind}{Suggestion.Ending(name, names)}");
        else if (entry.Value.IsNull)
            return (name, new(_fields.Below(entry, "", new([], entry.Key.Span), name)));
        else if (entry.Value is MappingNode body)
            return (name, new(_fields.Below(entry, "", body, name)));
        else
            Refuse(name, entry, "a mapping");
        return null;
    }

    /// <summary>Reports a field whose value breaks a rule of the caller's; nothing is made of the fields then.</summary>
    public void Fail(string name, Rule rule, params object[] arguments) => _fields.Fail(name, rule, arguments);

    /// <summary>Reports a field whose value has the right type, but makes no sense here.</summary>
    public void Fail(string name, string message) => _fields.Fail(name, DocumentRules.InvalidStructure, _fields.Owner, message);

    /// <summary>A value made of all the fields; null if anything about them was reported.</summary>
    public T? Read<T>(Func<FieldReader, T?> read) where T : class
    {
        var value = read(this);
        return Done() ? value : null;
    }

    /// <summary>Reports fields that nobody asked for and required ones that are missing; says whether all was in order.</summary>
    public bool Done() => _fields.Done();

    MappingEntry? Optional(
        string name, FieldKind kind, Func<FieldReader, object?>? read = null, IReadOnlyCollection<string>? words = null, bool ignoresCase = false)
    {
        Note(new(name, kind, false) { Words = words ?? [], IgnoresCase = ignoresCase }, read);
        return _fields.Optional(name);
    }

    MappingEntry? Required(
        string name, FieldKind kind, Func<FieldReader, object?>? read = null, IReadOnlyCollection<string>? words = null, bool ignoresCase = false,
        bool mayBeNull = false)
    {
        Note(new(name, kind, true) { Words = words ?? [], IgnoresCase = ignoresCase, MayBeNull = mayBeNull }, read);
        return _fields.Required(name, mayBeNull);
    }

    void Note(FieldDescription field, Func<FieldReader, object?>? read = null) =>
        _descriptions?.Add(read is null ? field : field with { Fields = Describe(read) });

    string? AsString(string name, MappingEntry? entry)
    {
        if (entry?.Value is ScalarNode { Kind: ScalarKind.String } text)
            return text.Text;
        if (entry is not null)
            Refuse(name, entry, "a string");
        return null;
    }

    string? AsWord(string name, MappingEntry? entry, IReadOnlyCollection<string> words, bool ignoreCase)
    {
        if (AsString(name, entry) is not { } text)
            return null;
        var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (words.FirstOrDefault(candidate => string.Equals(candidate, text, comparison)) is { } word)
            return word;
        var known = string.Join(", ", words);
        _fields.Fail(entry!, "", $"'{name}' is one of {known}, not {Quoted.Short(text)}{Suggestion.Ending(text, words)}");
        return null;
    }

    List<string> AsStrings(string name, MappingEntry? entry)
    {
        var strings = new List<string>();
        foreach (var (item, path) in AsItems(name, entry, "a list of strings"))
            if (item is ScalarNode { Kind: ScalarKind.String } text)
                strings.Add(text.Text);
            else
                _fields.Fail(entry!, path, $"'{name}{path}' must be a string, not {item.Describe()}{item.QuoteHint()}.");
        return strings;
    }

    List<KeyValuePair<string, string>> AsStringMap(string name, MappingEntry? entry)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        if (entry?.Value is MappingNode map)
            foreach (var pair in map.Entries)
                if (pair.Value is ScalarNode { Kind: ScalarKind.String } text)
                    pairs.Add(new(pair.Key.Text, text.Text));
                else
                    _fields.Fail(
                        entry,
                        DocumentPath.Join("", pair.Key.Text),
                        $"'{name}' of {Quoted.Short(pair.Key.Text)} must be a string, not {pair.Value.Describe()}{pair.Value.QuoteHint()}.");
        else if (entry is not null)
            Refuse(name, entry, "a mapping of names to strings");
        return pairs;
    }

    FieldReader? AsMapping(string name, MappingEntry? entry)
    {
        if (entry?.Value is MappingNode body)
            return new(_fields.Below(entry, "", body, _fields.NameOf(name)));
        if (entry is not null)
            Refuse(name, entry, "a mapping");
        return null;
    }

    List<T> AsMappings<T>(string name, MappingEntry? entry, Func<FieldReader, T?> read, string hint = "") where T : class
    {
        var values = new List<T>();
        foreach (var (item, path) in AsItems(name, entry, "a list"))
            if (item is not MappingNode body)
                _fields.Fail(entry!, path, $"'{name}{path}' must be a mapping, not {item.Describe()}{(item is ScalarNode { Kind: ScalarKind.String } ? hint : "")}.");
            else if (new FieldReader(_fields.Below(entry!, path, body, _fields.NameOf(name) + path)).Read(read) is { } value)
                values.Add(value);
        return values;
    }

    IEnumerable<(Node Item, string Path)> AsItems(string name, MappingEntry? entry, string wanted)
    {
        if (entry?.Value is SequenceNode list)
            return list.Items.Select(static (item, i) => (item, DocumentPath.Join("", i)));
        if (entry is not null)
            Refuse(name, entry, wanted);
        return [];
    }

    void Refuse(string name, MappingEntry entry, string wanted) => _fields.Fail(
        entry, "", $"'{name}' must be {wanted}, not {entry.Value.Describe()}{(wanted == "a string" ? entry.Value.QuoteHint() : "")}.");
}
