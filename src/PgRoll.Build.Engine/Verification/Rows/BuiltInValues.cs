using System.Globalization;

namespace PgRoll.Build.Engine.Verification.Rows;

/// <summary>Values of the server's own types, and of those of well-known extensions.</summary>
static class BuiltInValues
{
    /// <param name="type">As <c>format_type</c> writes it, with its length or precision.</param>
    /// <returns>Null for a type that nothing is known of.</returns>
    public static ValueSource? Of(string type)
    {
        var (name, sizes) = Split(type);
        return name switch
        {
            "smallint" => new(Number, ["0", "-1", "32767", "-32768"]),
            "integer" => new(Number, ["0", "-1", "2147483647", "-2147483648"]),
            "bigint" => new(Number, ["0", "-1", "9223372036854775807", "-9223372036854775808"]),
            "oid" => new(Number, ["0", "4294967295"]),
            "numeric" => Numeric(sizes),
            "real" => new(i => $"{Number(i)}.5", ["0", "-1", "1e30", "1e-30", "NaN", "Infinity", "-Infinity"]),
            "double precision" => new(i => $"{Number(i)}.5", ["0", "-1", "1e300", "1e-300", "NaN", "Infinity", "-Infinity"]),
            "money" => new(Number, ["0", "-1", "92233720368547758.07"]),
            "boolean" => new(i => i % 2 == 0 ? "true" : "false", []),
            "text" or "citext" => TextValues.Of(null),
            "character varying" or "bpchar" => TextValues.Of(sizes is [var length] ? length : null),
            "character" => TextValues.Of(sizes is [var length] ? length : 1),
            "\"char\"" => new(i => $"{(char)('a' + i % 26)}", [""]),
            "name" => TextValues.Of(63),
            "date" => new(Day, ["1970-01-01", "0001-01-01", "4713-01-01 BC", "5874897-12-31", "infinity", "-infinity"]),
            "timestamp without time zone" => new(i => $"{Day(i)} 12:30:00", ["1970-01-01 00:00:00", "2024-02-29 23:59:59.999999", "0001-01-01 00:00:00 BC", "294276-12-31 23:59:59", "infinity", "-infinity"]),
            "timestamp with time zone" => new(i => $"{Day(i)} 12:30:00+00", ["1970-01-01 00:00:00+00", "2024-03-31 02:30:00+02", "0001-01-01 00:00:00+00 BC", "294276-12-31 00:00:00+00", "infinity", "-infinity"]),
            "time without time zone" => new(Clock, ["00:00:00", "23:59:59.999999", "24:00:00"]),
            "time with time zone" => new(i => $"{Clock(i)}+00", ["00:00:00+00", "24:00:00+00", "12:00:00+15:59"]),
            "interval" => new(i => $"{Number(i)} days", ["0", "-1 year", "1 mon 30 days 24:00:00", "178000000 years"]),
            "uuid" => new(i => $"00000000-0000-4000-8000-{i + 1:x12}", ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"]),
            "json" or "jsonb" => new(i => $$"""{"n": {{i + 1}}}""", ["{}", "[]", "null", "\"text\"", "1", """{"a": {"b": [1, null, "Ω"]}}"""]),
            "xml" => new(i => $"<n>{i + 1}</n>", ["", "text", "<a/><b/>"]),
            "bytea" => new(i => $"\\x{i + 1:x4}", ["\\x", "\\x00ff", "\\xc328"]),
            "inet" => new(i => $"10.0.{i / 256 % 256}.{i % 256}", ["0.0.0.0/0", "::1", "2001:db8::/32"]),
            "cidr" => new(i => $"10.{i / 256 % 256}.{i % 256}.0/24", ["0.0.0.0/0", "2001:db8::/32"]),
            "macaddr" => new(i => $"08:00:2b:01:{i / 256 % 256:x2}:{i % 256:x2}", ["00:00:00:00:00:00"]),
            "macaddr8" => new(i => $"08:00:2b:01:02:03:{i / 256 % 256:x2}:{i % 256:x2}", ["00:00:00:00:00:00:00:00"]),
            "bit" => new(i => Bits(i, sizes is [var length] ? length : 1), []),
            "bit varying" => new(i => Bits(i, sizes is [var length] ? Math.Min(length, 16) : 16), [""]),
            "point" => new(i => $"({i},{i})", ["(0,0)", "(-1.5,1e30)"]),
            "line" => new(i => $"{{1,-1,{i}}}", []),
            "lseg" or "box" => new(i => $"({i},{i}),({i + 1},{i + 1})", []),
            "path" or "polygon" => new(i => $"(({i},{i}),({i + 1},{i}),({i},{i + 1}))", []),
            "circle" => new(i => $"<({i},{i}),1>", []),
            "tsvector" => new(i => $"'word{i}':1", [""]),
            "tsquery" => new(i => $"'word{i}'", [""]),
            "pg_lsn" => new(i => $"0/{i + 1:X}", ["0/0"]),
            "hstore" => new(i => $"\"n\"=>\"{i}\"", ["", "\"a\"=>NULL"]),
            "ltree" => new(i => $"top.n{i}", ["top"]),
            _ => null,
        };
    }

    /// <summary>The type without its length or precision, and these.</summary>
    static (string Name, IReadOnlyList<int> Sizes) Split(string type)
    {
        var open = type.IndexOf('(', StringComparison.Ordinal);
        var close = type.IndexOf(')', StringComparison.Ordinal);
        if (open < 0 || close < open)
            return (type.StartsWith("interval", StringComparison.Ordinal) ? "interval" : type, []);
        var sizes = type[(open + 1)..close].Split(',').Select(size => int.TryParse(size, CultureInfo.InvariantCulture, out var number) ? number : 0);
        var name = $"{type[..open]}{type[(close + 1)..]}";
        return (name.StartsWith("interval", StringComparison.Ordinal) ? "interval" : name, [.. sizes]);
    }

    static ValueSource Numeric(IReadOnlyList<int> sizes)
    {
        if (sizes.Count == 0)
            return new(i => $"{Number(i)}.5", ["0", "-1", "123456789012345678901234567890.123456789", "NaN"]);
        var (precision, scale) = (sizes[0], sizes.Count > 1 ? sizes[1] : 0);
        var (whole, fraction) = (new string('9', Math.Max(precision - Math.Max(scale, 0), 0)), new string('9', Math.Max(scale, 0)));
        var greatest = $"{(whole.Length == 0 ? "0" : whole)}{(fraction.Length == 0 ? "" : $".{fraction}")}";
        return new(i => whole.Length == 0 ? $"0.{(i + 1).ToString(CultureInfo.InvariantCulture).PadLeft(scale, '0')}" : Number(whole.Length < 4 ? i % (int)Math.Pow(10, whole.Length) : i),
            ["0", greatest, $"-{greatest}", "NaN"]);
    }

    static string Number(int i) => (i + 1).ToString(CultureInfo.InvariantCulture);

    static string Day(int i) => new DateOnly(2024, 1, 1).AddDays(i % 1_000_000).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Clock(int i) => new TimeOnly(0, 0).AddMinutes(i % 1440).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    static string Bits(int i, int length) => Convert.ToString(i + 1, 2).PadLeft(length, '0')[^length..];
}
