using System.Text;

namespace PgRoll.Build.Statements.Parsing;

/// <summary>What a string of SQL says.</summary>
static class StringValue
{
    static readonly char[] lineBreaks = ['\n', '\r'];

    /// <summary>The value of a string as it is written: plain, with dollars, or with escapes, which stay as they are written.</summary>
    public static string Of(string written)
    {
        if (written[0] == '$')
        {
            var tag = written.IndexOf('$', 1) + 1;
            return written.Substring(tag, written.Length - 2 * tag);
        }
        var (value, hasEscapes) = (new StringBuilder(), written[0] is 'e' or 'E');
        for (var i = written.IndexOf('\'') + 1; i < written.Length; i++)
        {
            if (hasEscapes && written[i] == '\\' && i + 1 < written.Length)
            {
                value.Append(written, i++, 2);
                continue;
            }
            if (written[i] != '\'')
            {
                value.Append(written[i]);
                continue;
            }
            if (i + 1 < written.Length && written[i + 1] == '\'')
            {
                value.Append('\'');
                i++;
                continue;
            }
            // It goes on behind a line break, or it is over.
            var next = written.IndexOf('\'', i + 1);
            if (next < 0 || written.IndexOfAny(lineBreaks, i, next - i) < 0)
                break;
            i = next;
        }
        return value.ToString();
    }
}
