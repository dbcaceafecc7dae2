using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PgRoll.Build.Linting.Configuration;

/// <summary>
/// The names of sections in an <c>.editorconfig</c>, by the rules of its specification (0.17): <c>*</c> stays in a folder, <c>**</c> does
/// not, a name without a slash counts in every folder.
/// </summary>
static class PathGlob
{
    /// <summary>The expression that matches paths from the folder of the file on; they begin with a slash, and have no other separator.</summary>
    public static Regex ToRegex(string glob)
    {
        var rooted = !glob.Contains('/') ? $"/**/{glob}" : glob[0] == '/' ? glob : $"/{glob}";
        // A set such as [z-a] is no set for anybody; then the text is meant as it stands.
        try
        {
            return Matching(Translate(rooted));
        }
        catch (ArgumentException)
        {
            return Matching($"(?:.*/)?{Regex.Escape(glob)}");
        }
    }

    static Regex Matching(string pattern) => new($"^{pattern}$", RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(1));

    static string Translate(string glob)
    {
        var pattern = new StringBuilder();
        for (var i = 0; i < glob.Length; i++)
            switch (glob[i])
            {
                case '/' when string.CompareOrdinal(glob, i, "/**/", 0, 4) == 0:
                    pattern.Append("(?:/|/.*/)");
                    i += 3;
                    break;
                case '*' when i + 1 < glob.Length && glob[i + 1] == '*':
                    pattern.Append(".*");
                    i++;
                    break;
                case '*':
                    pattern.Append("[^/]*");
                    break;
                case '?':
                    pattern.Append("[^/]");
                    break;
                case '[' when glob.IndexOf(']', i) is var end && end > i + 1 && glob.IndexOf('/', i, end - i) < 0:
                    pattern.Append(Set(glob.Substring(i + 1, end - i - 1)));
                    i = end;
                    break;
                case '{' when Parts(glob, i) is { } parts:
                    pattern.Append(Alternatives(parts.Texts));
                    i = parts.End;
                    break;
                case '\\' when i + 1 < glob.Length:
                    pattern.Append(Regex.Escape(glob[++i].ToString()));
                    break;
                default:
                    pattern.Append(Regex.Escape(glob[i].ToString()));
                    break;
            }
        return pattern.ToString();
    }

    static string Set(string inside)
    {
        var isNegated = inside.Length > 1 && inside[0] == '!';
        var members = (isNegated ? inside.Substring(1) : inside).Replace("\\", "\\\\").Replace("[", "\\[").Replace("^", "\\^");
        return $"[{(isNegated ? "^" : "")}{members}]";
    }

    /// <summary>What stands between the commas of the braces that open there; null where nothing closes them.</summary>
    static (IReadOnlyList<string> Texts, int End)? Parts(string glob, int open)
    {
        List<string> texts = [];
        var (depth, start) = (0, open + 1);
        for (var i = open; i < glob.Length; i++)
            if (glob[i] == '\\')
                i++;
            else if (glob[i] == '{')
                depth++;
            else if (glob[i] == '}' && --depth == 0)
                return ([.. texts, glob.Substring(start, i - start)], i);
            else if (glob[i] == ',' && depth == 1)
            {
                texts.Add(glob.Substring(start, i - start));
                start = i + 1;
            }
        return null;
    }

    static string Alternatives(IReadOnlyList<string> texts) =>
        texts.Count > 1 ? $"(?:{string.Join("|", texts.Select(Translate))})"
        : Numbers(texts[0]) is { } numbers ? $"(?:{string.Join("|", numbers)})"
        : $@"\{{{Translate(texts[0])}}}";

    static IEnumerable<int>? Numbers(string text)
    {
        var match = Regex.Match(text, @"^(-?\d{1,5})\.\.(-?\d{1,5})$", RegexOptions.CultureInvariant);
        if (!match.Success)
            return null;
        var (first, last) = (int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
        return last < first ? null : Enumerable.Range(first, last - first + 1);
    }
}
