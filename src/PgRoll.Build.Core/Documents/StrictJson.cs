using System.Text;
using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Documents;

/// <summary>
/// Reads JSON as RFC 8259 and Go's encoding/json have it. A YAML reader lets trailing commas, comments, bare words and
/// raw line breaks pass: such a file would build here and fail under pgroll. It also folds U+0085 in strings into a blank.
/// </summary>
sealed class StrictJson
{
    readonly SourceText _source;
    readonly string _text;
    readonly Report _report;
    int _at;
    int _values;

    StrictJson(SourceText source, Report report) => (_source, _text, _report) = (source, source.Text, report);

    public static Node Read(SourceText source, Report report)
    {
        var json = new StrictJson(source, report);
        var root = json.Value(depth: 1);
        if (json.Peek() != End)
            throw json.Problem("text after the end of the document.");
        return root;
    }

    const char End = '\0'; // cannot occur in the text: TextCheck refuses it

    Node Value(int depth)
    {
        if (depth > DocumentLimits.Depth)
            throw Problem($"nested deeper than {DocumentLimits.Depth} levels.");
        Count();
        return Peek() switch
        {
            '{' => Object(depth),
            '[' => Array(depth),
            '"' => String(),
            '-' or (>= '0' and <= '9') => Number(),
            End => throw Problem("the file ends where a value should stand."),
            '\'' => throw Problem("a string stands in double quotes, not in single ones."),
            ']' or '}' or ',' or ':' => throw Problem($"'{_text[_at]}' stands where a value should."),
            _ => Word(),
        };
    }

    void Count()
    {
        if (++_values > DocumentLimits.Values)
            throw Problem(DocumentLimits.TooMany("values", DocumentLimits.Values));
    }

    MappingNode Object(int depth)
    {
        var start = _at++;
        var entries = new MappingBuilder(_report, DocumentFormat.Json);
        for (var first = true; !Closes('}', start, first); first = false)
        {
            if (Peek() != '"')
                throw Problem(_text[_at] == '\'' || char.IsLetter(_text[_at]) || _text[_at] == '_'
                    ? "a key stands in double quotes."
                    : "expected a key in double quotes.");
            Count();
            var key = String();
            if (Peek() != ':')
                throw Problem($"expected ':' after the key {Quoted.Short(key.Text)}.");
            _at++;
            entries.Add(new(key, Value(depth + 1)));
        }
        return entries.Build(_source.Span(start, _at));
    }

    SequenceNode Array(int depth)
    {
        var start = _at++;
        var items = new List<Node>();
        for (var first = true; !Closes(']', start, first); first = false)
            items.Add(Value(depth + 1));
        return new(items, _source.Span(start, _at));
    }

    /// <summary>Steps over the bracket that closes, or over the comma before the next element.</summary>
    bool Closes(char bracket, int start, bool first)
    {
        if (Peek() == bracket)
        {
            _at++;
            return true;
        }
        if (!first && Peek() != End)
        {
            if (Peek() != ',')
                throw Problem($"expected ',' or '{bracket}'.");
            var comma = _at++;
            if (Peek() is '}' or ']')
                throw Problem("JSON allows no comma after the last element; remove it.", comma);
        }
        return Peek() == End
            ? throw Problem($"the file ends before '{bracket}'; the '{_text[start]}' of line {_source.Span(start).Line} is still open.")
            : false;
    }

    ScalarNode String()
    {
        var start = _at++;
        var value = new StringBuilder();
        while (true)
        {
            var c = _at < _text.Length ? _text[_at] : '\n';
            if (c == '"')
                break;
            if (c < ' ')
                throw _source.EndOfLine(_at) == _at
                    ? Problem("the string does not end on its line; write a line break as \\n.", start)
                    : Problem($"raw control character in a string; write it as \\u{(int)c:x4}.");
            if (c == '\\')
                value.Append(Escape());
            else
            {
                value.Append(c);
                _at++;
            }
        }
        _at++;
        return new(value.ToString(), ScalarKind.String, _source.Span(start, _at));
    }

    string Escape()
    {
        var start = _at;
        var letter = start + 1 < _text.Length ? _text[start + 1] : End;
        _at += 2;
        switch (letter)
        {
            case '"' or '\\' or '/': return letter.ToString();
            case 'b': return "\b";
            case 'f': return "\f";
            case 'n': return "\n";
            case 'r': return "\r";
            case 't': return "\t";
            case 'u':
                var unit = HexUnit(start);
                if (unit == '\0')
                    throw Problem(TextCheck.Nul, start);
                if (!char.IsSurrogate(unit))
                    return unit.ToString();
                if (char.IsHighSurrogate(unit) && string.CompareOrdinal(_text, _at, "\\u", 0, 2) == 0)
                {
                    _at += 2;
                    if (HexUnit(start) is var low && char.IsLowSurrogate(low))
                        return new string([unit, low]);
                }
                throw Problem("half of a surrogate pair; characters above U+FFFF take two \\u escapes.", start);
            default:
                throw Problem("unknown escape; JSON knows \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX.", start);
        }
    }

    char HexUnit(int escape)
    {
        var value = 0;
        for (var end = _at + 4; _at < end; _at++)
        {
            var digit = _at < _text.Length ? "0123456789abcdef".IndexOf(char.ToLowerInvariant(_text[_at])) : -1;
            if (digit < 0)
                throw Problem("\\u takes four hexadecimal digits.", escape);
            value = value * 16 + digit;
        }
        return (char)value;
    }

    ScalarNode Number()
    {
        var start = _at;
        if (_text[_at] == '-')
            _at++;
        var digits = _at;
        Digits(start);
        if (_text[digits] == '0' && _at > digits + 1)
            throw Problem("a number does not start with 0; if it is meant as text, put it in quotes.", start);
        if (At('.'))
        {
            _at++;
            Digits(start);
        }
        if (At('e') || At('E'))
        {
            _at++;
            if (At('+') || At('-'))
                _at++;
            Digits(start);
        }
        return new(_text.Substring(start, _at - start), ScalarKind.Number, _source.Span(start, _at));
    }

    void Digits(int number)
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] is >= '0' and <= '9')
            _at++;
        if (_at == start)
            throw Problem("the number is not complete.", number);
    }

    ScalarNode Word()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_'))
            _at++;
        var word = _text.Substring(start, _at - start);
        ScalarKind? kind = word switch { "true" => ScalarKind.True, "false" => ScalarKind.False, "null" => ScalarKind.Null, _ => null };
        return kind is { } known
            ? new(word, known, _source.Span(start, _at))
            : throw Problem(word.Length > 0
                ? $"{Quoted.Short(word)} is no JSON value; a string stands in double quotes."
                : $"unexpected character {Quoted.Short(_text.Substring(start, 1))}.", start);
    }

    bool At(char c) => _at < _text.Length && _text[_at] == c;

    /// <summary>Steps over blanks to the next character that means something.</summary>
    char Peek()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\n' or '\r')
            _at++;
        if (At('#') || (At('/') && _at + 1 < _text.Length && _text[_at + 1] is '/' or '*'))
            throw Problem("JSON has no comments; YAML has.");
        return _at < _text.Length ? _text[_at] : End;
    }

    MalformedDocumentException Problem(string message, int? at = null) => new(_source.Span(at ?? _at), message);
}
