using System.Globalization;

namespace PgRoll.Build.SqlText;

/// <summary>Reads the name of a type by PostgreSQL's grammar and spells it as format_type() does.</summary>
sealed class TypeReader(string text, IReadOnlyList<Token> tokens)
{
    int position;

    Token Current => position < tokens.Count ? tokens[position] : default;

    /// <summary>The canonical name, or null and what is wrong.</summary>
    public (string? Canonical, string? Problem) Read()
    {
        if (tokens.Count == 0)
            return (null, "it is empty: write the name of a type");
        foreach (var token in tokens.Where(token => token.Kind is TokenKind.Error))
            return (null, token.Value);
        if (Current.IsWord("setof"))
            return (null, "SETOF is not possible for a column");

        var name = Name();
        if (name is null)
            return (null, Unexpected());
        var isArray = SkipArray();
        if (position < tokens.Count)
            return (null, Unexpected());
        if (isArray && name is "serial" or "bigserial" or "smallserial")
            return (null, $"an array of {name} is not possible");
        return (isArray ? name + "[]" : name, null);
    }

    /// <summary>Where to begin.</summary>
    public int Start { init => position = value; }

    /// <summary>The canonical name of the type that begins here, whatever follows it, and the position behind it; null if none does.</summary>
    public (string? Canonical, int End) ReadPrefix()
    {
        var name = Name();
        return name is null ? (null, 0) : SkipArray() ? (name + "[]", position) : (name, position);
    }

    string Unexpected() => position == tokens.Count
        ? "it breaks off: write the whole type"
        : $"'{text.Substring(Current.Start, Math.Min(Current.Length, 40))}' does not belong to the name of a type";

    bool SkipWord(string word)
    {
        var found = Current.IsWord(word);
        position += found ? 1 : 0;
        return found;
    }

    bool SkipSymbol(string symbol)
    {
        var found = Current.IsSymbol(symbol);
        position += found ? 1 : 0;
        return found;
    }

    string? Name()
    {
        var isWord = Current.Kind is TokenKind.Identifier;
        var isQualified = position + 1 < tokens.Count && tokens[position + 1].IsSymbol(".");
        return isWord && !isQualified ? GrammarType(Current.Value!)
            : isWord && Keywords.CannotBeType(Current.Value!) ? null
            : CatalogName();
    }

    // Types with a syntax of their own; the server looks no other name up for them.
    string? GrammarType(string word)
    {
        position++;
        switch (word)
        {
            case "int" or "integer": return "integer";
            case "smallint" or "bigint" or "real" or "boolean": return word;
            case "double" when SkipWord("precision"): return "double precision";
            case "float": return Float();
            case "decimal" or "dec" or "numeric": return Numeric();
            case "char" or "character" or "nchar": return Character();
            case "national": return SkipWord("character") || SkipWord("char") ? Character() : null;
            case "varchar": return Sized("character varying");
            case "bit": return SkipWord("varying") ? Sized("bit varying") : Sized("bit", "1");
            case "time" or "timestamp": return Time(word);
            case "interval": return Interval();
            default:
                position--;
                return Keywords.CannotBeType(word) ? null : CatalogName();
        }
    }

    string? Character() => SkipWord("varying") ? Sized("character varying") : Sized("character", "1");

    string? Sized(string name, string? defaultSize = null)
    {
        if (!Current.IsSymbol("("))
            return defaultSize is null ? name : $"{name}({defaultSize})";
        return Number() is { } size ? $"{name}({size})" : null;
    }

    // "( number )"
    int? Number()
    {
        if (!SkipSymbol("(") || Integer() is not { } number)
            return null;
        position++;
        return SkipSymbol(")") ? number : null;
    }

    int? Integer()
    {
        var digits = text.Substring(Current.Start, Current.Length);
        var isNumber = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return isNumber ? number : null;
    }

    string? Float() => !Current.IsSymbol("(") ? "double precision" : Number() switch
    {
        >= 1 and <= 24 => "real",
        >= 25 and <= 53 => "double precision",
        _ => null,
    };

    string? Numeric() => Modifiers() is { Count: <= 2 } modifiers ? BuiltIn("numeric", modifiers) : null;

    string? Time(string word)
    {
        var precision = Precision();
        if (precision is null)
            return null;
        var zone = SkipWord("with") ? "with" : SkipWord("without") ? "without" : "";
        return zone.Length == 0 ? $"{word}{precision} without time zone"
            : SkipWord("time") && SkipWord("zone") ? $"{word}{precision} {zone} time zone"
            : null;
    }

    // The server cuts what is more precise than microseconds.
    string? Precision() => !Current.IsSymbol("(") ? "" : Number() is { } digits ? $"({Math.Min(digits, 6)})" : null;

    string? Interval()
    {
        if (Current.IsSymbol("("))
            return Precision() is { } digits ? "interval" + digits : null;
        var from = Unit();
        if (from is null)
            return "interval";
        var to = SkipWord("to") ? Unit() : from;
        var fields = (from, to) switch
        {
            ("year", "month") or ("day", "hour" or "minute" or "second") or ("hour", "minute" or "second") or ("minute", "second")
                => $"{from} to {to}",
            _ when from == to => from,
            _ => null,
        };
        var precision = to == "second" ? Precision() : "";
        return fields is null || precision is null ? null : $"interval {fields}{precision}";
    }

    string? Unit()
    {
        if (Current is not { Kind: TokenKind.Identifier, Value: "year" or "month" or "day" or "hour" or "minute" or "second" })
            return null;
        return tokens[position++].Value;
    }

    string? CatalogName()
    {
        if (DottedName() is not { } parts || Modifiers() is not { } modifiers)
            return null;
        var isBuiltIn = parts.Count == 1 || (parts.Count == 2 && parts[0] == "pg_catalog");
        var name = parts[parts.Count - 1];
        return (isBuiltIn ? BuiltIn(name, modifiers) : null)
            ?? (parts.Count == 1 && modifiers.Count == 0 ? Serial(name) : null)
            ?? string.Join(".", parts.Skip(isBuiltIn ? parts.Count - 1 : 0).Select(Quote)) + InParentheses(modifiers);
    }

    static string InParentheses(List<string> modifiers) => modifiers.Count == 0 ? "" : $"({string.Join(",", modifiers)})";

    static string? BuiltIn(string name, List<string> modifiers) => BuiltIn(name, modifiers.Count, InParentheses(modifiers));

    static string? BuiltIn(string name, int modifiers, string list) => name switch
    {
        "int2" => "smallint" + list,
        "int4" => "integer" + list,
        "int8" => "bigint" + list,
        "float4" => "real" + list,
        "float8" => "double precision" + list,
        "bool" => "boolean" + list,
        "varchar" => "character varying" + list,
        "varbit" => "bit varying" + list,
        "bpchar" when modifiers > 0 => "character" + list,
        "bit" when modifiers > 0 => "bit" + list,
        "numeric" when modifiers == 1 => name + list.Replace(")", ",0)"),
        "numeric" or "interval" => name + list,
        "time" or "timestamp" => $"{name}{Clamp(list)} without time zone",
        "timetz" => $"time{Clamp(list)} with time zone",
        "timestamptz" => $"timestamp{Clamp(list)} with time zone",
        _ => null,
    };

    static string Clamp(string precision) => precision.Length > 3 || string.CompareOrdinal(precision, "(6)") > 0 ? "(6)" : precision;

    static string? Serial(string name) => name switch
    {
        "serial" or "serial4" => "serial",
        "bigserial" or "serial8" => "bigserial",
        "smallserial" or "serial2" => "smallserial",
        _ => null,
    };

    static string Quote(string name)
    {
        var isPlain = name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_') && name[0] is not (>= '0' and <= '9');
        return isPlain && !Keywords.NeedsQuotes(name) ? name : new Ident(name).ToString();
    }

    List<string>? DottedName()
    {
        List<string> parts = [];
        do
        {
            if (!Current.IsName)
                return null;
            parts.Add(tokens[position++].Value!);
        }
        while (SkipSymbol("."));
        return parts.Count <= 3 ? parts : null;
    }

    // (10,-2) and (Point,4326); an empty list if there are no parentheses.
    List<string>? Modifiers()
    {
        List<string> modifiers = [];
        if (!SkipSymbol("("))
            return modifiers;
        do
        {
            var sign = SkipSymbol("-") ? "-" : "";
            if (Integer() is { } number)
                modifiers.Add(sign + number.ToString(CultureInfo.InvariantCulture));
            else if (sign.Length == 0 && Current.IsName && !Current.IsReserved)
                modifiers.Add(Quote(Current.Value!));
            else if (sign.Length == 0 && Current is { Kind: TokenKind.String, Length: > 2 } && text[Current.Start] == '\'')
                modifiers.Add(text.Substring(Current.Start, Current.Length));
            else
                return null;
            position++;
        }
        while (SkipSymbol(","));
        return SkipSymbol(")") ? modifiers : null;
    }

    // All of them mean the same: PostgreSQL stores neither sizes nor the number of dimensions.
    bool SkipArray()
    {
        if (SkipWord("array"))
        {
            SkipDimension(needsSize: true);
            return true;
        }
        var isArray = false;
        while (SkipDimension(needsSize: false))
            isArray = true;
        return isArray;
    }

    bool SkipDimension(bool needsSize)
    {
        var start = position;
        if (SkipSymbol("["))
        {
            var hasSize = Integer() is not null;
            position += hasSize ? 1 : 0;
            if ((hasSize || !needsSize) && SkipSymbol("]"))
                return true;
        }
        position = start;
        return false;
    }
}
