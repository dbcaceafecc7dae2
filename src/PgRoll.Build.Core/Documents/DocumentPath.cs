using System.Globalization;
using System.Text;

namespace PgRoll.Build.Documents;

/// <summary>
/// Paths into a document: <c>operations[0].add_column.column.name</c>. A key that would not survive that is written <c>["we.ird"]</c>,
/// with a backslash before quotes and backslashes.
/// </summary>
static class DocumentPath
{
    /// <summary>The path of a key below <paramref name="parent"/>; the key may be any text.</summary>
    public static string Join(string parent, string key)
    {
        if (key.Length == 0 || key.IndexOfAny(['.', '[']) >= 0)
            return $"{parent}[\"{key.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"]";
        return parent.Length == 0 ? key : $"{parent}.{key}";
    }

    /// <summary>The path of a list item below <paramref name="parent"/>.</summary>
    public static string Join(string parent, int index) => $"{parent}[{index.ToString(CultureInfo.InvariantCulture)}]";

    /// <summary>The steps of a path, from the root.</summary>
    public static IEnumerable<PathStep> Steps(string path)
    {
        for (var at = 0; at < path.Length;)
            if (path[at] == '.')
                at++;
            else if (path[at] != '[')
            {
                var end = path.IndexOfAny(['.', '['], at);
                var start = at;
                at = end < 0 ? path.Length : end;
                yield return new(path.Substring(start, at - start), 0);
            }
            else if (at + 1 < path.Length && path[at + 1] == '"')
            {
                var key = new StringBuilder();
                for (at += 2; at < path.Length && path[at] != '"'; at++)
                    key.Append(path[at] == '\\' && at + 1 < path.Length ? path[++at] : path[at]);
                at += 2;
                yield return new(key.ToString(), 0);
            }
            else
            {
                var end = path.IndexOf(']', at);
                var digits = path.Substring(at + 1, (end < 0 ? path.Length : end) - at - 1);
                at = end < 0 ? path.Length : end + 1;
                yield return new(null, int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1);
            }
    }
}

/// <summary>One step of a path: a key, or the index of a list item.</summary>
readonly record struct PathStep(string? Key, int Index);
