using System.Text.RegularExpressions;
using PgRoll.Build.Testing;
using YamlDotNet.RepresentationModel;

namespace PgRoll.Build.Action.Tests;

/// <summary>The real action.yml.</summary>
sealed partial class Manifest
{
    readonly YamlMappingNode _root;

    Manifest(YamlMappingNode root) => _root = root;

    public static Manifest Read()
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(Repository.Combine("action.yml"));
        yaml.Load(reader);
        return new((YamlMappingNode)yaml.Documents[0].RootNode);
    }

    public IReadOnlyList<Input> Inputs => [.. Entries("inputs").Select(entry => new Input(entry.Name, Scalar(entry.Node, "description")!, Scalar(entry.Node, "default"), Scalar(entry.Node, "required") == "true"))];

    public IReadOnlyList<Output> Outputs => [.. Entries("outputs").Select(entry => new Output(entry.Name, Scalar(entry.Node, "description")!, Scalar(entry.Node, "value")!))];

    public IReadOnlyList<Step> Steps =>
    [
        .. ((YamlSequenceNode)((YamlMappingNode)_root["runs"])["steps"]).Cast<YamlMappingNode>().Select(step => new Step(
            Scalar(step, "id")!, Scalar(step, "run"), Scalar(step, "uses"),
            step.Children.TryGetValue("env", out var env) ? ((YamlMappingNode)env).ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => ((YamlScalarNode)pair.Value).Value!) : [])),
    ];

    /// <summary>A text with its expressions resolved, of which the action uses names alone.</summary>
    public static string Resolve(string text, Func<string, string> value) => Expression().Replace(text, match => value(match.Groups["name"].Value));

    static string? Scalar(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? ((YamlScalarNode)value).Value : null;

    IEnumerable<(string Name, YamlMappingNode Node)> Entries(string key) => ((YamlMappingNode)_root[key]).Select(pair => (((YamlScalarNode)pair.Key).Value!, (YamlMappingNode)pair.Value));

    [GeneratedRegex(@"\$\{\{ (?<name>[A-Za-z0-9_.-]+) \}\}")]
    private static partial Regex Expression();
}

sealed record Input(string Name, string Description, string? Default, bool IsRequired);

sealed record Output(string Name, string Description, string Value);

sealed record Step(string Id, string? Run, string? Uses, IReadOnlyDictionary<string, string> Environment);
