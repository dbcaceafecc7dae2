using System.Globalization;
using Npgsql;

namespace PgRoll.Build.Cli.Connections;

/// <summary>libpq's connection parameters as Npgsql knows them.</summary>
static class LibpqParameters
{
    static readonly Dictionary<string, Action<NpgsqlConnectionStringBuilder, string>> Known = new(StringComparer.Ordinal)
    {
        ["host"] = static (builder, value) =>
        {
            Require(!value.Contains(',', StringComparison.Ordinal));
            builder.Host = value;
        },
        ["port"] = static (builder, value) => builder.Port = Number(value, 1, 65535),
        ["dbname"] = static (builder, value) => builder.Database = value,
        ["user"] = static (builder, value) => builder.Username = value,
        ["password"] = static (builder, value) => builder.Password = value,
        ["passfile"] = static (builder, value) => builder.Passfile = value,
        ["application_name"] = static (builder, value) => builder.ApplicationName = value,
        ["options"] = static (builder, value) => builder.Options = value,
        ["client_encoding"] = static (builder, value) => builder.ClientEncoding = value,
        // libpq waits for ever at zero, and so does Npgsql.
        ["connect_timeout"] = static (builder, value) => builder.Timeout = Math.Min(Number(value, 0, int.MaxValue), 1024),
        ["sslmode"] = static (builder, value) => builder.SslMode = Mode(value),
        // The drivers of Java write it; libpq understands this one value.
        ["ssl"] = static (builder, value) => builder.SslMode = value == "true" ? SslMode.Require : throw new FormatException(),
        ["sslcert"] = static (builder, value) => builder.SslCertificate = value,
        ["sslkey"] = static (builder, value) => builder.SslKey = value,
        ["sslpassword"] = static (builder, value) => builder.SslPassword = value,
        // The system's own authorities are what Npgsql takes where it is told none.
        ["sslrootcert"] = static (builder, value) => builder.RootCertificate = value == "system" ? null : value,
        ["sslnegotiation"] = static (builder, value) => builder.SslNegotiation = Word<SslNegotiation>(value),
        ["channel_binding"] = static (builder, value) => builder.ChannelBinding = Word<ChannelBinding>(value),
        ["gssencmode"] = static (builder, value) => builder.GssEncryptionMode = Word<GssEncryptionMode>(value),
        ["krbsrvname"] = static (builder, value) => builder.KerberosServiceName = value,
        // One host is named; if it is a standby, it refuses the first write.
        ["target_session_attrs"] = static (_, value) => Require(value is "any" or "read-write" or "primary"),
        ["require_auth"] = static (builder, value) => builder.RequireAuth = value,
        ["keepalives"] = static (builder, value) => builder.TcpKeepAlive = Number(value, 0, 1) == 1,
        ["keepalives_idle"] = static (builder, value) => builder.TcpKeepAliveTime = Number(value, 0, int.MaxValue),
        ["keepalives_interval"] = static (builder, value) => builder.TcpKeepAliveInterval = Number(value, 0, int.MaxValue),
    };

    public static bool IsKnown(string key) => Known.ContainsKey(key);

    /// <summary>A later parameter replaces an earlier one of the same name.</summary>
    public static NpgsqlConnectionStringBuilder Apply(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var builder = new NpgsqlConnectionStringBuilder();
        foreach (var (key, value) in parameters)
            // libpq takes an empty value for none.
            if (value.Length > 0 || !IsKnown(key))
                Apply(builder, key, value);
        return builder;
    }

    public static void Apply(NpgsqlConnectionStringBuilder builder, string key, string value)
    {
        if (!Known.TryGetValue(key, out var apply))
            throw new FormatException($"the connection parameter '{key}' is unknown or not supported.");
        try
        {
            apply(builder, value);
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            throw new FormatException($"the value of the connection parameter '{key}' is not one that it can have.");
        }
    }

    static void Require(bool condition)
    {
        if (!condition)
            throw new FormatException();
    }

    static SslMode Mode(string value) => value switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => throw new FormatException(),
    };

    static int Number(string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException();

    static T Word<T>(string value) where T : struct, Enum =>
        Enum.TryParse<T>(value, ignoreCase: true, out var word) && !char.IsAsciiDigit(value[0]) ? word : throw new FormatException();
}
