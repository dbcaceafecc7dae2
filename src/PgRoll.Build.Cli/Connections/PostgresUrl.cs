namespace PgRoll.Build.Cli.Connections;

/// <summary>
/// <c>postgres://user:password@host:port/database?parameter=value</c> as libpq reads it, but the password may hold an <c>@</c>.
/// <see cref="Uri"/> cannot be asked: it refuses socket folders and empty hosts, and decodes what must stay as it is.
/// </summary>
static class PostgresUrl
{
    const string Advice = "In user, password and database, write %2F for '/', %3F for '?', %3A for ':', %40 for '@' and %25 for '%'";

    static readonly string[] Schemes = ["postgres://", "postgresql://"];

    public static bool IsOne(string text) => Schemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    /// <summary>The parameters it gives, by their libpq names; those of the query come last, and win.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string text)
    {
        var rest = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var (before, query) = Split(rest, rest.IndexOf('?', StringComparison.Ordinal));
        var (authority, database) = Split(before, before.IndexOf('/', StringComparison.Ordinal));
        // What stands behind an unescaped slash of a password would be printed as the database's name.
        if (database.Contains('@', StringComparison.Ordinal) || database.Contains('/', StringComparison.Ordinal))
            throw new FormatException($"the URL has a '/' or '@' behind the host. {Advice}.");
        List<KeyValuePair<string, string>> found = [];
        var at = authority.LastIndexOf('@');
        if (at >= 0)
        {
            var credentials = authority[..at];
            var (user, password) = Split(credentials, credentials.IndexOf(':', StringComparison.Ordinal));
            Add("user", user);
            Add("password", password);
        }
        AddHost(authority[(at + 1)..], Add);
        Add("dbname", database);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = pair.IndexOf('=', StringComparison.Ordinal) is >= 0 and var equals
                ? Split(pair, equals)
                : throw new FormatException($"the URL has a parameter without a value. {Advice}.");
            found.Add(new(Decode(key), Decode(value)));
        }
        return found;

        void Add(string key, string value)
        {
            if (value.Length > 0)
                found.Add(new(key, Decode(value)));
        }
    }

    static void AddHost(string text, Action<string, string> add)
    {
        if (text.Contains(',', StringComparison.Ordinal))
            throw new FormatException("the URL names several hosts. Name the one that writes.");
        var end = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) : 0;
        if (end < 0)
            throw new FormatException("the URL's IPv6 address has no closing bracket.");
        var (host, port) = Split(text, text.IndexOf(':', end));
        add("host", end > 0 ? host.Trim('[', ']') : host);
        add("port", port);
    }

    /// <summary>What stands before and after a position; all and nothing where there is none.</summary>
    static (string Before, string After) Split(string text, int at) => at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);

    static string Decode(string text)
    {
        for (var at = text.IndexOf('%', StringComparison.Ordinal); at >= 0; at = text.IndexOf('%', at + 1))
            if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
                throw new FormatException($"the URL has a '%' that no two hexadecimal digits follow. {Advice}.");
        return Uri.UnescapeDataString(text);
    }
}
