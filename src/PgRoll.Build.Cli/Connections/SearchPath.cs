using System.Data.Common;
using System.Globalization;
using Npgsql;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Cli.Connections;

/// <summary>Puts a search path into an address, in the address's own spelling; everything else of it stays as it was given.</summary>
static class SearchPath
{
    const string Options = "options";

    public static string Into(string address, string schema)
    {
        _ = ConnectionText.Read(address);
        if (PostgresUrl.IsOne(address))
            return IntoUrl(address, schema);
        return ConnectionText.IsLibpq(address) ? IntoPairs(address, schema) : IntoNpgsql(address, schema);
    }

    static string IntoUrl(string url, string schema)
    {
        var at = url.IndexOf('?', StringComparison.Ordinal);
        var (before, pairs) = at < 0 ? (url, []) : (url[..at], url[(at + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries));
        var options = pairs.LastOrDefault(IsOptions) is { } pair ? Uri.UnescapeDataString(pair[(Options.Length + 1)..]) : "";
        return $"{before}?{string.Join('&', [.. pairs.Where(p => !IsOptions(p)), $"{Options}={Uri.EscapeDataString(With(options, schema))}"])}";
    }

    static string IntoPairs(string text, string schema)
    {
        var pairs = KeyValueText.Read(text);
        var options = pairs.LastOrDefault(pair => pair.Key == Options).Value ?? "";
        return string.Join(' ', pairs.Where(pair => pair.Key != Options).Append(new(Options, With(options, schema))).Select(pair => $"{pair.Key}={Quoted(pair.Value)}"));
    }

    static string IntoNpgsql(string text, string schema)
    {
        var pairs = new DbConnectionStringBuilder { ConnectionString = text };
        foreach (var key in pairs.Keys.Cast<string>().Where(IsSearchPath).ToList())
            pairs.Remove(key);
        pairs["Search Path"] = Identifier(schema);
        return pairs.ConnectionString;
    }

    static bool IsOptions(string pair) => pair.StartsWith($"{Options}=", StringComparison.Ordinal);

    static bool IsSearchPath(string key) => string.Equals(key.Replace(" ", "", StringComparison.Ordinal), nameof(NpgsqlConnectionStringBuilder.SearchPath), StringComparison.OrdinalIgnoreCase);

    /// <summary>The server takes the last of several settings, and a blank for the end of one unless a backslash stands before it.</summary>
    static string With(string options, string schema) =>
        $"{options} -c search_path={Identifier(schema).Replace("\\", "\\\\", StringComparison.Ordinal).Replace(" ", "\\ ", StringComparison.Ordinal)}".TrimStart();

    static string Identifier(string schema) =>
        schema.All(c => c is '_' || char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)) && !char.IsAsciiDigit(schema[0]) ? schema : new Ident(schema).ToString();

    static string Quoted(string value) => value.Length > 0 && !value.Any(c => char.IsWhiteSpace(c) || c is '\'' or '\\')
        ? value
        : string.Create(CultureInfo.InvariantCulture, $"'{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'");
}
