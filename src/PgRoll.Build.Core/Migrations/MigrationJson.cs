using System.Globalization;
using System.Text;
using PgRoll.Build.Documents;

namespace PgRoll.Build.Migrations;

/// <summary>
/// A migration as pgroll keeps it in its history: the document as JSON. What the file says is kept, in its order; the name is not part
/// of it, and a key that says the name would make pgroll refuse the row.
/// </summary>
public static class MigrationJson
{
    /// <summary>The migration as one line of JSON.</summary>
    public static string Write(Migration migration) => Write(migration.Document.Root);

    internal static string Write(MappingNode document)
    {
        var json = new StringBuilder();
        Write(json, new MappingNode([.. document.Entries.Where(e => e.Key.Text != "name")], document.Span));
        return json.ToString();
    }

    static void Write(StringBuilder json, Node node)
    {
        switch (node)
        {
            case MappingNode mapping:
                Write(json, '{', mapping.Entries, '}', entry =>
                {
                    WriteString(json, entry.Key.Text);
                    json.Append(':');
                    Write(json, entry.Value);
                });
                break;
            case SequenceNode sequence:
                Write(json, '[', sequence.Items, ']', item => Write(json, item));
                break;
            case ScalarNode { Kind: ScalarKind.String } text:
                WriteString(json, text.Text);
                break;
            case ScalarNode scalar:
                json.Append(scalar.Kind switch { ScalarKind.True => "true", ScalarKind.False => "false", ScalarKind.Null => "null", _ => scalar.Text });
                break;
        }
    }

    static void Write<T>(StringBuilder json, char open, IReadOnlyList<T> items, char close, Action<T> write)
    {
        json.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                json.Append(',');
            write(items[i]);
        }
        json.Append(close);
    }

    internal static string Quote(string text)
    {
        var json = new StringBuilder();
        WriteString(json, text);
        return json.ToString();
    }

    static void WriteString(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (var c in text)
            _ = c switch
            {
                '"' or '\\' => json.Append('\\').Append(c),
                < ' ' => json.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => json.Append(c),
            };
        json.Append('"');
    }
}
