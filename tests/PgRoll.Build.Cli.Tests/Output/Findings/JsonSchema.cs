using System.Text.Json;
using System.Text.RegularExpressions;

namespace PgRoll.Build.Cli.Tests.Output.Findings;

/// <summary>Checks a value against a JSON schema, as far as the one of SARIF needs it. A keyword that it does not know is an error of the test.</summary>
sealed class JsonSchema(JsonElement root)
{
    static readonly HashSet<string> annotations = ["$schema", "title", "description", "default", "definitions", "format"];

    public IEnumerable<string> Errors(JsonElement value) => Errors(value, root, "$");

    IEnumerable<string> Errors(JsonElement value, JsonElement schema, string at) =>
        schema.EnumerateObject().Where(keyword => !annotations.Contains(keyword.Name)).SelectMany(keyword => Errors(value, schema, keyword, at));

    IEnumerable<string> Errors(JsonElement value, JsonElement schema, JsonProperty keyword, string at)
    {
        var limit = keyword.Value;
        return keyword.Name switch
        {
            "$ref" => Errors(value, Resolve(limit.GetString()!), at),
            "type" => Wrong(!(limit.ValueKind is JsonValueKind.Array ? limit.EnumerateArray() : Enumerable.Repeat(limit, 1)).Any(type => Is(value, type.GetString()!)), "has the wrong type"),
            "enum" => Wrong(!limit.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value)), $"is none of {limit}"),
            "pattern" => Wrong(value.ValueKind is JsonValueKind.String && !Regex.IsMatch(value.GetString()!, limit.GetString()!), $"does not match {limit}"),
            "minimum" => Wrong(value.ValueKind is JsonValueKind.Number && value.GetDouble() < limit.GetDouble(), $"is less than {limit}"),
            "maximum" => Wrong(value.ValueKind is JsonValueKind.Number && value.GetDouble() > limit.GetDouble(), $"is more than {limit}"),
            "minItems" => Wrong(value.ValueKind is JsonValueKind.Array && value.GetArrayLength() < limit.GetInt32(), "has too few items"),
            "uniqueItems" => Wrong(value.ValueKind is JsonValueKind.Array && limit.GetBoolean() && value.EnumerateArray().Select(item => item.GetRawText()).Distinct().Count() < value.GetArrayLength(), "has equal items"),
            "items" => value.ValueKind is JsonValueKind.Array ? value.EnumerateArray().SelectMany((item, i) => Errors(item, limit, $"{at}[{i}]")) : [],
            "required" => limit.EnumerateArray().Where(name => value.ValueKind is JsonValueKind.Object && !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{at} lacks {name}"),
            "properties" => Properties(value).Where(p => limit.TryGetProperty(p.Name, out _)).SelectMany(p => Errors(p.Value, limit.GetProperty(p.Name), $"{at}.{p.Name}")),
            "additionalProperties" => Properties(value).Where(p => !schema.TryGetProperty("properties", out var known) || !known.TryGetProperty(p.Name, out _))
                .SelectMany(p => limit.ValueKind switch
                {
                    JsonValueKind.True => [],
                    JsonValueKind.False => [$"{at}.{p.Name} is not known"],
                    _ => Errors(p.Value, limit, $"{at}.{p.Name}"),
                }),
            "anyOf" => Wrong(!limit.EnumerateArray().Any(any => !Errors(value, any, at).Any()), "is none of what it may be"),
            "oneOf" => Wrong(limit.EnumerateArray().Count(one => !Errors(value, one, at).Any()) != 1, "is not exactly one of what it may be"),
            _ => throw new NotSupportedException($"The schema has the keyword '{keyword.Name}'."),
        };

        IEnumerable<string> Wrong(bool isWrong, string what) => isWrong ? [$"{at} {what}"] : [];
    }

    static JsonElement.ObjectEnumerator Properties(JsonElement value) => value.ValueKind is JsonValueKind.Object ? value.EnumerateObject() : default;

    JsonElement Resolve(string reference) => reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(root, (at, name) => at.GetProperty(name));

    static bool Is(JsonElement value, string type) => (type, value.ValueKind) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) or ("null", JsonValueKind.Null) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => value.TryGetInt64(out _),
        _ => false,
    };
}
