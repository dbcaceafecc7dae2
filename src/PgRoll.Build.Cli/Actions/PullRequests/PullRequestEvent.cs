using System.Text.Json;

namespace PgRoll.Build.Cli.Actions.PullRequests;

/// <summary>What a workflow that a pull request started is told of it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Base">The commit it is compared with; null where it is not told.</param>
sealed record PullRequestEvent(int Number, string? Base)
{
    /// <summary>Null where no pull request started the workflow.</summary>
    public static PullRequestEvent? Of(Func<string, string?> variable)
    {
        if (variable("GITHUB_EVENT_NAME")?.StartsWith("pull_request", StringComparison.Ordinal) is not true || variable("GITHUB_EVENT_PATH") is not { } path || !File.Exists(path))
            return null;
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        return json.RootElement.TryGetProperty("pull_request", out var request) && request.TryGetProperty("number", out var number)
            ? new(number.GetInt32(), request.TryGetProperty("base", out var @base) && @base.TryGetProperty("sha", out var sha) ? sha.GetString() : null)
            : null;
    }
}
