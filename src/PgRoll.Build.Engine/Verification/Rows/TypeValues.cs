using PgRoll.Build.Engine.Catalog;
using PgRoll.Build.Engine.Sessions;

namespace PgRoll.Build.Engine.Verification.Rows;

/// <summary>Values of whatever type a server has.</summary>
sealed class TypeValues
{
    readonly Dictionary<string, TypeFact> _facts = [];
    readonly Dictionary<string, ValueSource?> _known = [];

    /// <summary>Values of a type; null where nobody knows how to make one.</summary>
    public ValueSource? Of(string type) => _known.TryGetValue(type, out var known) ? known : _known[type] = Make(type);

    /// <summary>Asks a server about types, and about those that they are made of.</summary>
    public static async Task<TypeValues> ReadAsync(Session session, IEnumerable<string> types, CancellationToken ct)
    {
        var values = new TypeValues();
        for (var wanted = types.Distinct().ToArray(); wanted.Length > 0;)
        {
            var found = await CanonicalOutput.QueryAsync(session, Resource.Read("types.sql"), static row => new TypeFact(
                row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetBoolean(3), row.IsDBNull(4) ? [] : row.GetString(4).Split('\n'), row.GetString(5)), ct, (object)wanted);
            foreach (var fact in found)
                values._facts[fact.Name] = fact;
            wanted = [.. found.Select(f => f.Inner).OfType<string>().Distinct().Except(values._facts.Keys)];
        }
        return values;
    }

    ValueSource? Make(string type)
    {
        if (!_facts.TryGetValue(type, out var fact))
            return BuiltInValues.Of(type);
        if (fact.Labels.Count > 0)
            return new(i => fact.Labels[i % fact.Labels.Count], []);
        if (fact.IsArray && fact.Inner is { } element)
            return Of(element) is not { } one ? null : new(i => $"{{{Quoted(one.Ordinary(i))}}}", ["{}", "{NULL}", .. one.Edges.Take(1).Select(edge => $"{{{Quoted(edge)},{Quoted(edge)}}}")]);
        return fact.Kind switch
        {
            "d" when fact.Inner is { } based => Of(based),
            "r" when fact.Inner is { } over => Of(over) is not { } bound ? null : new(i => $"[{Quoted(bound.Ordinary(i))},{Quoted(bound.Ordinary(i + 1))})", ["empty", "(,)"]),
            "m" when fact.Inner is { } over => Of(over) is not { } range ? null : new(i => $"{{{range.Ordinary(i)}}}", ["{}"]),
            _ => BuiltInValues.Of(fact.Name) ?? BuiltInValues.Of(fact.Bare),
        };
    }

    static string Quoted(string value) => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>What the server says of a type.</summary>
    sealed record TypeFact(string Name, string Kind, string? Inner, bool IsArray, IReadOnlyList<string> Labels, string Bare);
}
