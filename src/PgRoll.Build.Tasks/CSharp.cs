using System.Globalization;
using System.Text;

namespace PgRoll.Build.Tasks;

/// <summary>Writes names and texts as C#, whatever they hold.</summary>
static class CSharp
{
    static readonly HashSet<string> Keywords =
    [
        .. """
            abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event
            explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new null
            object operator out override params private protected public readonly ref return sbyte sealed short sizeof stackalloc static
            string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while
            __arglist __makeref __reftype __refvalue
            """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <summary>A string literal, or <c>null</c>.</summary>
    public static string Literal(string? text)
    {
        if (text is null)
            return "null";
        var literal = new StringBuilder("\"", text.Length + 2);
        foreach (var c in text)
            if (c is '"' or '\\')
                literal.Append('\\').Append(c);
            else if (c is >= ' ' and <= '~' || char.IsLetterOrDigit(c))
                literal.Append(c);
            else
                literal.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        return literal.Append('"').ToString();
    }

    /// <summary>The nearest identifier to a text.</summary>
    public static string Identifier(string text)
    {
        var name = new string([.. text.Trim().TrimStart('@').Select(c => char.IsLetterOrDigit(c) ? c : '_')]);
        return name.Length == 0 || char.IsDigit(name[0]) ? "_" + name : Keywords.Contains(name) ? "@" + name : name;
    }

    /// <summary>The nearest namespace to a text; empty for none.</summary>
    public static string Namespace(string text) =>
        string.Join(".", text.Split(['.'], StringSplitOptions.RemoveEmptyEntries).Select(Identifier));
}
