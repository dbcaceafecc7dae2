using System.CommandLine;
using System.CommandLine.Parsing;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Settings;

/// <summary>A value given by a flag, else by an environment variable, else by a default.</summary>
sealed class Setting<T>
{
    readonly IReadOnlyList<string> _variables;
    readonly Func<string, T> _read;
    readonly T _fallback;

    /// <param name="flag">The flag.</param>
    /// <param name="value">What its value is called in the help.</param>
    /// <param name="variables">Variables of one meaning: where several are set, they must agree.</param>
    /// <param name="read">Reads the text; what it cannot read it says in a <see cref="FormatException"/>.</param>
    /// <param name="fallback">The value where nothing is given.</param>
    /// <param name="description">For the help.</param>
    public Setting(string flag, string value, IReadOnlyList<string> variables, Func<string, T> read, T fallback, string description)
    {
        _variables = variables;
        _read = read;
        _fallback = fallback;
        Option = new(flag)
        {
            Description = variables.Count == 0 ? description : $"{description} [{string.Join(", ", variables)}]",
            HelpName = value,
            CustomParser = Parse,
        };
    }

    public Option<T> Option { get; }

    public IReadOnlyList<string> Variables => _variables;

    public bool IsFlagGiven(ParseResult parse) => parse.GetResult(Option) is { Implicit: false };

    public T Of(ParseResult parse, Surroundings surroundings) =>
        IsFlagGiven(parse) ? parse.GetValue(Option)! : Variable(surroundings) is var (name, text) ? Read(name, text) : _fallback;

    /// <summary>The value's text as it was given; null for none.</summary>
    public string? TextOf(ParseResult parse, Surroundings surroundings) =>
        IsFlagGiven(parse) ? parse.GetResult(Option)!.Tokens[^1].Value : Variable(surroundings)?.Text;

    /// <summary>Where the value comes from; null for nowhere.</summary>
    public string? SourceOf(ParseResult parse, Surroundings surroundings) => IsFlagGiven(parse) ? Option.Name : Variable(surroundings)?.Name;

    (string Name, string Text)? Variable(Surroundings surroundings)
    {
        var set = _variables
            .Select(name => (Name: name, Text: surroundings.Variable(name)!))
            .Where(variable => variable.Text is not null).ToList();
        if (set.Count == 0)
            return null;
        return set.Find(variable => variable.Text != set[0].Text) is { Name: { } other }
            ? throw new PgRollException(ExitReason.Usage, $"{set[0].Name} and {other} are both set, and differ. Set one of them.")
            : set[0];
    }

    /// <summary>For switches: the parser takes <c>--switch=nonsense</c> for the switch and an argument.</summary>
    public void Check(IEnumerable<string> arguments)
    {
        foreach (var argument in arguments.TakeWhile(argument => argument != "--"))
            if (argument.StartsWith($"{Option.Name}=", StringComparison.Ordinal))
                Read(Option.Name, argument[(Option.Name.Length + 1)..]);
    }

    T Read(string name, string text)
    {
        try
        {
            return _read(text);
        }
        catch (FormatException error)
        {
            throw new PgRollException(ExitReason.Usage, $"{name}: {error.Message}", error);
        }
    }

    T? Parse(ArgumentResult result)
    {
        try
        {
            return _read(result.Tokens.Count == 0 ? bool.TrueString : result.Tokens[^1].Value);
        }
        catch (FormatException error)
        {
            result.AddError($"{Option.Name}: {error.Message}");
            return default;
        }
    }
}
