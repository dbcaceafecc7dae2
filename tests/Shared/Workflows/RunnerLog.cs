using System.Text.RegularExpressions;

namespace PgRoll.Build.Testing;

/// <summary>What the service makes of a step's log: commands where it takes them for some, everything else as text.</summary>
sealed partial class RunnerLog
{
    readonly List<Annotation> _annotations = [];
    readonly List<string> _masks = [], _text = [], _others = [];

    public RunnerLog(string log)
    {
        string? stop = null;
        foreach (var line in log.Split((string[])["\r\n", "\r", "\n"], StringSplitOptions.None))
        {
            if (stop is not null)
            {
                if (line.TrimStart() == $"::{stop}::")
                    stop = null;
                else
                    _text.Add(line);
            }
            else if (Command().Match(line.TrimStart()) is { Success: true } command)
                stop = Take(command.Groups["name"].Value, command.Groups["properties"].Value, Decode(command.Groups["data"].Value));
            // The older spelling counts anywhere in a line.
            else if (line.Contains("##[", StringComparison.Ordinal))
                _others.Add(line);
            else
                _text.Add(line);
        }
    }

    public IReadOnlyList<Annotation> Annotations => _annotations;

    public IReadOnlyList<string> Masks => _masks;

    /// <summary>Commands that nobody is meant to give.</summary>
    public IReadOnlyList<string> Others => _others;

    /// <summary>What a person reads, secrets hidden as the service hides them.</summary>
    public string Text => Hidden(string.Join('\n', _text));

    public string Hidden(string text) => _masks.OrderByDescending(mask => mask.Length).Aggregate(text, (shown, mask) => shown.Replace(mask, "***", StringComparison.Ordinal));

    string? Take(string name, string properties, string data)
    {
        switch (name)
        {
            case "stop-commands":
                return data;
            case "add-mask":
                _masks.Add(data);
                break;
            case "error" or "warning" or "notice":
                var values = properties.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0].Trim(), pair => Decode(pair[1], isProperty: true));
                _annotations.Add(new(name, values.GetValueOrDefault("file", ""), values.GetValueOrDefault("line", ""), values.GetValueOrDefault("title", ""), data));
                break;
            default:
                _others.Add($"{name} {properties} {data}");
                break;
        }
        return null;
    }

    static string Decode(string text, bool isProperty = false)
    {
        if (isProperty)
            text = text.Replace("%3A", ":", StringComparison.Ordinal).Replace("%2C", ",", StringComparison.Ordinal);
        return text.Replace("%0D", "\r", StringComparison.Ordinal).Replace("%0A", "\n", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);
    }

    [GeneratedRegex("^::(?<name>[^ :]+)(?: (?<properties>[^:]*))?::(?<data>.*)$")]
    private static partial Regex Command();
}

/// <summary>A remark that the service shows beside a file.</summary>
sealed record Annotation(string Kind, string File, string Line, string Title, string Text);

/// <summary>The file of outputs as the service reads it.</summary>
static class RunnerOutputs
{
    public static IReadOnlyDictionary<string, string> Read(string text)
    {
        Dictionary<string, string> outputs = [];
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length && (i < lines.Length - 1 || lines[i].Length > 0); i++)
        {
            var heredoc = lines[i].IndexOf("<<", StringComparison.Ordinal);
            var equals = lines[i].IndexOf('=', StringComparison.Ordinal);
            if (heredoc > 0 && (equals < 0 || heredoc < equals))
            {
                var (name, word) = (lines[i][..heredoc], lines[i][(heredoc + 2)..]);
                List<string> value = [];
                while (lines[++i] != word)
                    value.Add(lines[i]);
                outputs[name] = string.Join('\n', value);
            }
            else
                outputs[lines[i][..equals]] = lines[i][(equals + 1)..];
        }
        return outputs;
    }
}
