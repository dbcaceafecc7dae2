using System.Text.Json.Nodes;

namespace PgRoll.Build.Core.Tests.Operations;

/// <summary>What people do to a file that was right: each change is one slip somewhere in it.</summary>
sealed class Mutations(Random random)
{
    static readonly Func<JsonNode?>[] Values =
    [
        () => null, () => "", () => "x", () => "ASC", () => "set null", () => "Index", () => "check", () => "exclude", () => "\0", () => 5, () => true, () => false,
        () => new JsonArray(), () => new JsonArray("id"), () => new JsonArray(1), () => new JsonArray(new JsonObject()), () => new JsonObject(),
        () => new JsonObject { ["name"] = "n" }, () => new JsonObject { ["id"] = "id" },
    ];

    /// <summary>A copy with one to three slips.</summary>
    public JsonNode Of(JsonNode file, IReadOnlyList<string> keys)
    {
        var copy = file.DeepClone();
        for (var slips = random.Next(1, 4); slips > 0; slips--)
            Change(Pick([.. Containers(copy)]), keys);
        return copy;
    }

    void Change(JsonNode container, IReadOnlyList<string> keys)
    {
        if (container is JsonArray list)
            Change(list);
        else if (container is JsonObject mapping)
            Change(mapping, keys);
    }

    void Change(JsonArray list)
    {
        if (list.Count == 0 || random.Next(4) == 0)
            list.Add(Pick(Values)());
        else if (random.Next(3) == 0)
            list.RemoveAt(random.Next(list.Count));
        else if (random.Next(2) == 0)
            list.Add(list[random.Next(list.Count)]?.DeepClone());
        else
            list[random.Next(list.Count)] = Pick(Values)();
    }

    void Change(JsonObject mapping, IReadOnlyList<string> keys)
    {
        var key = mapping.Count == 0 ? Pick(keys) : Pick([.. mapping.Select(entry => entry.Key)]);
        switch (random.Next(7))
        {
            case 0:
                mapping.Remove(key);
                break;
            case 1: // a key that means something elsewhere
                mapping[Pick(keys)] = Pick(Values)();
                break;
            case 2:
                Rename(mapping, key, key.Length > 2 ? key.Remove(random.Next(key.Length), 1) : key + "x");
                break;
            case 3:
                Rename(mapping, key, key.ToUpperInvariant());
                break;
            case 4: // nested once too often
                mapping[key] = new JsonObject { [key] = mapping[key]?.DeepClone() };
                break;
            case 5:
                mapping[key] = new JsonArray(mapping[key]?.DeepClone());
                break;
            default:
                mapping[key] = Pick(Values)();
                break;
        }
    }

    static void Rename(JsonObject mapping, string key, string other)
    {
        if (mapping.ContainsKey(other) || !mapping.ContainsKey(key))
            return;
        var value = mapping[key]?.DeepClone();
        mapping.Remove(key);
        mapping[other] = value;
    }

    T Pick<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];

    static IEnumerable<JsonNode> Containers(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Containers).Prepend(list),
        JsonObject mapping => mapping.SelectMany(entry => Containers(entry.Value)).Prepend(mapping),
        _ => [],
    };
}
