using System.Data.Common;
using Npgsql;

namespace PgRoll.Build.Cli.Connections;

/// <summary>
/// Reads an address in each of its three spellings: a URL, libpq's <c>key=value</c> pairs, Npgsql's <c>Key=Value;</c> pairs.
/// What is wrong with it is said without its values: any of them may hold a piece of the password.
/// </summary>
static class ConnectionText
{
    public static NpgsqlConnectionStringBuilder Read(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new FormatException("it is empty. Leave it out for the default, or check the variable that it comes from.");
        if (PostgresUrl.IsOne(text))
            return LibpqParameters.Apply(PostgresUrl.Read(text));
        if (text.Contains("://", StringComparison.Ordinal))
            throw new FormatException("a URL of a database begins with postgres:// or postgresql://.");
        return IsLibpq(text) ? LibpqParameters.Apply(KeyValueText.Read(text)) : ReadNpgsql(text);
    }

    /// <summary>One pair is read alike by both; of a longer text, every key must be libpq's, for a semicolon may stand in its values.</summary>
    public static bool IsLibpq(string text)
    {
        if (!text.Contains(';', StringComparison.Ordinal))
            return true;
        try
        {
            var pairs = KeyValueText.Read(text);
            return pairs.Count > 1 && pairs.All(pair => LibpqParameters.IsKnown(pair.Key));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    static NpgsqlConnectionStringBuilder ReadNpgsql(string text)
    {
        var pairs = new DbConnectionStringBuilder();
        try
        {
            pairs.ConnectionString = text;
        }
        catch (ArgumentException error)
        {
            throw new FormatException(
                "the connection string is not made of Key=Value; pairs. A value that holds a semicolon or a quote needs quotes around it.", error);
        }
        var builder = new NpgsqlConnectionStringBuilder();
        foreach (string key in pairs.Keys)
            try
            {
                builder[key] = pairs[key];
            }
            catch (Exception error) when (error is ArgumentException or FormatException or InvalidCastException or OverflowException)
            {
                throw new FormatException(builder.ContainsKey(key)
                    ? $"the value of '{key}' in the connection string is not one that it can have."
                    : $"the connection string has the unknown keyword '{key}'. A value that holds a semicolon needs quotes around it.");
            }
        return builder;
    }
}
