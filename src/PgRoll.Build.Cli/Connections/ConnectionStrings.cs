using Npgsql;

namespace PgRoll.Build.Cli.Connections;

/// <summary>Makes the connection string of the address that was given, of libpq's environment variables, and of defaults, in this order.</summary>
static class ConnectionStrings
{
    /// <summary>The address where neither the user nor the environment gives any.</summary>
    public const string Default = "postgres://postgres:postgres@localhost?sslmode=disable";

    static readonly (string Variable, string Parameter, string Keyword)[] Gaps =
    [
        ("PGHOST", "host", "Host"),
        ("PGPORT", "port", "Port"),
        ("PGUSER", "user", "Username"),
        ("PGPASSWORD", "password", "Password"),
        ("PGDATABASE", "dbname", "Database"),
        ("PGSSLMODE", "sslmode", "SSL Mode"),
    ];

    /// <summary>The first of libpq's variables that is set; null for none.</summary>
    public static string? FirstVariable(Func<string, string?> variable) =>
        Gaps.Select(gap => gap.Variable).FirstOrDefault(name => variable(name) is not null);

    /// <param name="given">What the user gave; null for nothing.</param>
    /// <param name="variable">The environment.</param>
    /// <exception cref="FormatException">A variable holds what it cannot; the message names it.</exception>
    public static string Complete(NpgsqlConnectionStringBuilder? given, Func<string, string?> variable)
    {
        var builder = new NpgsqlConnectionStringBuilder(given?.ConnectionString);
        foreach (var (name, parameter, keyword) in Gaps)
            if (variable(name) is { } value && !builder.ShouldSerialize(keyword))
                try
                {
                    LibpqParameters.Apply(builder, parameter, value);
                }
                catch (FormatException error)
                {
                    throw new FormatException($"{name}: its value is not one that it can have.", error);
                }
        if (builder.Count == 0)
            builder = ConnectionText.Read(Default);
        builder.Host ??= "localhost";
        builder.Username ??= Environment.UserName;
        builder.Database ??= builder.Username;
        return builder.ConnectionString;
    }
}
