using System.Diagnostics.CodeAnalysis;
using Npgsql;
using PgRoll.Build.Cli.Connections;

namespace PgRoll.Build.Cli.Actions;

/// <summary>
/// What the log must never show: the addresses of the database whole, and their passwords in each spelling. Users, hosts and database
/// names are no secrets; the service drops every output in which a masked text occurs.
/// </summary>
sealed class DatabaseSecrets
{
    const int Shortest = 4;

    readonly HashSet<string> _masked = [];

    /// <summary>Longer ones first: a part is not to be masked before the whole.</summary>
    public IReadOnlyList<string> Masked => [.. _masked.OrderByDescending(text => text.Length).ThenBy(text => text, StringComparer.Ordinal)];

    public string? Warning { get; private set; }

    public static DatabaseSecrets Of(ActionInputs inputs, Func<string, string?> variable)
    {
        var secrets = new DatabaseSecrets();
        foreach (var address in (string?[])[inputs.Text("database-url"), variable(ActionInputs.VariableOf("database-url")), variable("PGROLL_PG_URL"), variable("PGROLL_DATABASE_URL")])
            if (address is not null)
                secrets.AddAddress(address);
        foreach (var password in (string?[])[inputs.DatabasePassword, variable("PGROLL_DATABASE_PASSWORD"), variable("PGPASSWORD")])
            if (password is not null)
                secrets.AddPassword(password);
        return secrets;
    }

    void AddAddress(string address)
    {
        Add(address);
        if (PostgresUrl.IsOne(address) && address.LastIndexOf('@') is > 0 and var at
            && address.IndexOf(':', address.IndexOf("://", StringComparison.Ordinal) + 3) is > 0 and var colon && colon < at)
            Add(address[(colon + 1)..at]);
        if (TryRead(address, out var builder) && builder.Password is { } password)
        {
            AddPassword(password);
            Add(builder.ConnectionString);
        }
    }

    void AddPassword(string password)
    {
        if (password.Length < Shortest)
            Warning = $"The database's password has fewer than {Shortest} characters: it cannot be masked in the log without hiding other words.";
        Add(password);
        Add(Uri.EscapeDataString(password));
        // As key=value pairs and Npgsql's pairs quote it.
        Add(password.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal));
        Add(password.Replace("'", "''", StringComparison.Ordinal));
        Add(password.Replace("\"", "\"\"", StringComparison.Ordinal));
    }

    void Add(string secret)
    {
        if (secret.Length >= Shortest)
            _masked.Add(secret);
    }

    static bool TryRead(string address, [NotNullWhen(true)] out NpgsqlConnectionStringBuilder? builder)
    {
        try
        {
            builder = ConnectionText.Read(address);
            return true;
        }
        catch (FormatException)
        {
            // Whoever connects tells what is wrong with it.
            builder = null;
            return false;
        }
    }
}
