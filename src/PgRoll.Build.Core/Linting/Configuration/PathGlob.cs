using System.Text;
using System.Text.RegularExpressions;

namespace PgRoll.Build.Linting.Configuration;

/// <summary>
/// The names of sections in an <c>.editorconfig</c>, by the rules of its specification (0.17): <c>*</c> stays in a folder, <c>**</c> does
/// not, a name without a slash counts in every folder.
/// </summary>
static class PathGlob
{
    /// <summary>The expression that matches paths with slashes, from the folder of the file on.</summary>
    public static Regex ToRegex(string glob)
    {
        var anywhere = glob.IndexOf('/') < 0;
        var pattern = new StringBuilder("^").Append(anywhere ? "(?:.*/)?" : "");
        var (braces, hasPairs) = (0, Balanced(glob));
        for (var i = !anywhere && glob[0] == '/' ? 1 : 0; i < glob.Length; i++)
            switch (glob[i])
            {
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
                    var inside = glob.Substring(i + 1, end - i - 1);
                    pattern.Append(inside[0] == '!' ? "[^" : "[").Append(inside.TrimStart('!').Replace("\\", "\\\\").Replace("[", "\\[").Replace("^", "\\^")).Append(']');
                    i = end;
                    break;
                case '{' when hasPairs && Range(glob, i) is { } range:
                    pattern.Append("(?:").Append(string.Join("|", range.Numbers)).Append(')');
                    i = range.End;
                    break;
                case '{' when hasPairs && glob.IndexOf('}', i) is var end && glob.IndexOf(',', i) is var comma && comma > i && comma < end:
                    pattern.Append("(?:");
                    braces++;
                    break;
                case ',' when braces > 0:
                    pattern.Append('|');
                    break;
                case '}' when braces > 0:
                    pattern.Append(')');
                    braces--;
                    break;
                case '\\' when i + 1 < glob.Length:
                    pattern.Append(Regex.Escape(glob[++i].ToString()));
                    break;
                default:
                    pattern.Append(Regex.Escape(glob[i].ToString()));
                    break;
            }
        pattern.Append(')', braces);
        // A set such as [z-a] is no set for anybody; then the text is meant as it stands.
        try
        {
            return new(pattern.Append('$').ToString(), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException)
        {
            return new($"^(?:.*/)?{Regex.Escape(glob)}$", RegexOptions.CultureInvariant);
        }
    }

    static bool Balanced(string glob) => glob.Count(c => c == '{') == glob.Count(c => c == '}');

    static (IEnumerable<int> Numbers, int End)? Range(string glob, int start)
    {
        var match = Regex.Match(glob.Substring(start), @"^\{(-?\d{1,5})\.\.(-?\d{1,5})\}", RegexOptions.CultureInvariant);
        if (!match.Success)
            return null;
        var (first, last) = (int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), int.Parse(match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture));
        return last < first || last - first > 10_000 ? null : (Enumerable.Range(first, last - first + 1), start + match.Length - 1);
    }
}
