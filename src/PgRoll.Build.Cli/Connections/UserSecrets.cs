using System.Text.Json;

namespace PgRoll.Build.Cli.Connections;

/// <summary>
/// The secrets that <c>dotnet user-secrets</c> keeps for a project, outside of its folder. Their id is public, so that it may stand in arguments and
/// logs where an address may not.
/// </summary>
static class UserSecrets
{
    /// <summary>The database's address.</summary>
    public const string Key = "PgRoll:PostgresUrl";

    static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The address that is kept for a project; null for none.</summary>
    /// <exception cref="FormatException">The id is none, or the file cannot be read; the message holds nothing of it.</exception>
    public static string? Address(string id, Func<string, string?> variable)
    {
        if (id.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0 || id is "." or "..")
            throw new FormatException($"'{id}' is no id of user secrets.");
        if (FileOf(id, variable) is not { } file || !File.Exists(file))
            return null;
        try
        {
            using var secrets = JsonDocument.Parse(File.ReadAllText(file), Lenient);
            return Find(secrets.RootElement, Key);
        }
        catch (JsonException error)
        {
            throw new FormatException($"the user secrets in '{file}' are no JSON from line {error.LineNumber + 1} on.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"the user secrets in '{file}' cannot be read: {error.Message}", error);
        }
    }

    static string? FileOf(string id, Func<string, string?> variable) =>
        variable("APPDATA") is { } data ? Path.Combine(data, "Microsoft", "UserSecrets", id, "secrets.json")
        : (variable("HOME") ?? variable("DOTNET_USER_SECRETS_FALLBACK_DIR")) is { } home ? Path.Combine(home, ".microsoft", "usersecrets", id, "secrets.json")
        : null;

    /// <summary>A key may be written in one piece, or as objects in each other.</summary>
    static string? Find(JsonElement secrets, string key)
    {
        if (secrets.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var property in secrets.EnumerateObject())
            if (property.Name.Equals(key, StringComparison.OrdinalIgnoreCase))
                return property.Value.ValueKind == JsonValueKind.String && property.Value.GetString() is { Length: > 0 } value ? value : null;
            else if (key.StartsWith(property.Name + ":", StringComparison.OrdinalIgnoreCase) && Find(property.Value, key[(property.Name.Length + 1)..]) is { } inner)
                return inner;
        return null;
    }
}
