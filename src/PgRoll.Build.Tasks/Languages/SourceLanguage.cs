using System.Globalization;

namespace PgRoll.Build.Tasks.Languages;

/// <summary>A language that the constants of a project can be written in.</summary>
abstract class SourceLanguage
{
    static readonly Dictionary<string, SourceLanguage> All = new()
    {
        ["C#"] = new CSharp(),
        ["VB"] = new VisualBasic(),
        ["F#"] = new FSharp(),
    };

    /// <summary>The language that MSBuild calls so.</summary>
    public static SourceLanguage Of(string language) => All[language];

    /// <summary>A file of the constants of each set.</summary>
    public abstract string Write(IReadOnlyList<SchemaVersion> versions, bool isNullable);

    /// <summary>The nearest identifier to a text.</summary>
    public string Identifier(string text)
    {
        var name = new string([.. text.Trim().Trim('@', '[', ']', '`').Select(c => char.IsLetterOrDigit(c) ? c : '_')]);
        return name.Length == 0 || char.IsDigit(name[0]) ? "_" + name : IsKeyword(name) ? Escape(name) : name;
    }

    /// <summary>The nearest namespace to a text; empty for none.</summary>
    public string Namespace(string text) =>
        string.Join(".", text.Split(['.'], StringSplitOptions.RemoveEmptyEntries).Select(Identifier));

    protected abstract bool IsKeyword(string name);

    protected abstract string Escape(string keyword);

    /// <summary>The words of a text with blanks and line breaks between them.</summary>
    protected static HashSet<string> Words(string text, StringComparer comparer) =>
        new(text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries), comparer);

    /// <summary>Characters that every compiler reads as they are, inside of a string.</summary>
    protected static bool IsPlain(char c) => c is >= ' ' and <= '~' || char.IsLetterOrDigit(c);

    protected static string Hex(char c) => ((int)c).ToString("x4", CultureInfo.InvariantCulture);

    protected static string Indented(string text) =>
        string.Join("\n", text.Split('\n').Select(line => line.Length == 0 ? line : "    " + line));
}
