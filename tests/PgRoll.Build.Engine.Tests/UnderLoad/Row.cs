namespace PgRoll.Build.Engine.Tests.UnderLoad;

/// <summary>An item as one version shows it: values by field, whatever the version calls its column.</summary>
sealed class Row(IEnumerable<KeyValuePair<string, object?>> values)
{
    readonly SortedDictionary<string, object?> _values = new(values.ToDictionary(), StringComparer.Ordinal);

    public object? this[string field] => _values[field];

    public Row With(string field, object? value) => new(_values.Where(v => v.Key != field).Append(new(field, value)));

    public Row Without(string field) => new(_values.Where(v => v.Key != field));

    /// <summary>Integers of either width are the same.</summary>
    public override string ToString() => string.Join(", ", _values.Select(v => $"{v.Key} = {v.Value ?? "NULL"}"));
}
