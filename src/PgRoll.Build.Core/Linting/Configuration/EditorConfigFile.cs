using System.Globalization;
using System.Text.RegularExpressions;
using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Linting.Configuration;

/// <summary>What one <c>.editorconfig</c> says about our rules.</summary>
sealed class EditorConfigFile
{
    const string Prefix = "dotnet_diagnostic.", Suffix = ".severity";

    readonly string folder;
    readonly List<(Regex Paths, string Rule, RuleLevel Level)> levels = [];
    readonly List<Diagnostic> problems = [];

    EditorConfigFile(string folder) => this.folder = folder;

    /// <summary>Whether those further up do not count.</summary>
    public bool IsRoot { get; private set; }

    public IReadOnlyList<Diagnostic> Problems => problems;

    public static EditorConfigFile Read(string path, string text)
    {
        var file = new EditorConfigFile(Path.GetDirectoryName(path)!);
        Regex? section = null;
        var (isPreamble, number) = (true, 0);
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] is '#' or ';')
                continue;
            if (SectionName(line) is { } name)
            {
                isPreamble = false;
                section = PathGlob.ToRegex(name);
                continue;
            }
            var equals = line.IndexOf('=');
            if (equals < 0)
                continue;
            var (key, value) = (line.Substring(0, equals).Trim().ToLowerInvariant(), WithoutComment(line.Substring(equals + 1)).ToLowerInvariant());
            if (isPreamble)
                file.IsRoot |= key == "root" && value == "true";
            else if (section is not null && key.StartsWith(Prefix + "pgr", StringComparison.Ordinal) && key.EndsWith(Suffix, StringComparison.Ordinal))
                file.Add(section, key.Substring(Prefix.Length, key.Length - Prefix.Length - Suffix.Length).ToUpperInvariant(), value,
                    new(path, "", new(number, raw.Length - raw.TrimStart().Length + 1, number, raw.TrimEnd().Length + 1)));
        }
        return file;
    }

    /// <summary>What it says of a rule in a file; null for nothing.</summary>
    public RuleLevel? Find(string path, string rule)
    {
        var relative = path.Substring(folder.TrimEnd('/', '\\').Length).Replace('\\', '/');
        RuleLevel? found = null;
        foreach (var (paths, id, level) in levels)
            if (id == rule && paths.IsMatch(relative))
                found = level;
        return found;
    }

    /// <summary>Null where the line opens no section. Compilers allow a comment behind it, and names with # and ; are rare.</summary>
    static string? SectionName(string line) =>
        Regex.Match(line, @"^\[((?:[^#;\\]|\\.)*?)\]\s*([#;].*)?$", RegexOptions.CultureInvariant) is { Success: true } match ? match.Groups[1].Value
        : line[0] == '[' && line[line.Length - 1] == ']' ? line.Substring(1, line.Length - 2)
        : null;

    static string WithoutComment(string value) => (value.IndexOfAny(['#', ';']) is var comment && comment >= 0 ? value.Substring(0, comment) : value).Trim();

    void Add(Regex section, string rule, string value, Location at)
    {
        if (RuleCatalog.Find(rule) is not { } known)
            Report($"there is no rule '{rule}'");
        else if (!known.IsConfigurable)
            Report($"the severity of {rule} is always {known.Severity.ToString().ToLowerInvariant()}");
        else if (value == "default")
            levels.Add((section, rule, new(known.Severity)));
        else if (RuleLevel.Parse(value) is { } level)
            levels.Add((section, rule, level));
        else
            Report($"there is no severity '{value}'; write error, warning, suggestion, silent, none or default");

        void Report(string problem) =>
            problems.Add(new(SuppressionRules.Setting, SuppressionRules.Setting.Severity, string.Format(CultureInfo.InvariantCulture, SuppressionRules.Setting.Message, problem), at));
    }
}

/// <summary>How a project wants to be told of a rule.</summary>
/// <param name="Severity">Its severity; null for not at all.</param>
readonly record struct RuleLevel(Severity? Severity)
{
    public static RuleLevel? Parse(string word) => word switch
    {
        "error" => new(Diagnostics.Severity.Error),
        "warning" => new(Diagnostics.Severity.Warning),
        "suggestion" or "info" => new(Diagnostics.Severity.Info),
        "silent" or "none" or "hidden" => new(null),
        _ => null,
    };
}
