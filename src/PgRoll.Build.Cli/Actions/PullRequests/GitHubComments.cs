using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace PgRoll.Build.Cli.Actions.PullRequests;

/// <summary>The service's comments on issues, of which pull requests are a kind.</summary>
sealed class GitHubComments : IDisposable
{
    const int PageSize = 100;

    // A token of a workflow begins so; its comments are a bot's, and no person's is touched with it.
    const string BotToken = "ghs_";

    readonly HttpClient _client;
    readonly bool _isBot;
    readonly string _comments;

    public GitHubComments(string api, string repository, string token)
    {
        _isBot = token.StartsWith(BotToken, StringComparison.Ordinal);
        _comments = $"{api.TrimEnd('/')}/repos/{repository}/issues";
        _client = new() { Timeout = TimeSpan.FromSeconds(20) };
        _client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        _client.DefaultRequestHeaders.UserAgent.Add(new("pgroll-build", null));
        _client.DefaultRequestHeaders.Accept.Add(new("application/vnd.github+json"));
        _client.DefaultRequestHeaders.Add("X-GitHub-Api-Version", "2022-11-28");
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Writes the comment that begins with a marker, over the one that is there; null deletes it.</summary>
    /// <returns>Its address; null where there is none now.</returns>
    public async Task<string?> UpsertAsync(int request, string marker, string? body)
    {
        var found = await FindAsync(request, marker);
        if (body is null)
        {
            if (found is not null)
                (await _client.DeleteAsync($"{_comments}/comments/{found.Id}")).EnsureSuccessStatusCode();
            return null;
        }
        if (found?.Body.ReplaceLineEndings("\n") == body.ReplaceLineEndings("\n"))
            return found.Url;
        using var content = Content(body);
        using var response = found is null
            ? await _client.PostAsync($"{_comments}/{request.ToString(CultureInfo.InvariantCulture)}/comments", content)
            : await _client.PatchAsync($"{_comments}/comments/{found.Id}", content);
        response.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("html_url").GetString();
    }

    async Task<Comment?> FindAsync(int request, string marker)
    {
        for (var page = 1; ; page++)
        {
            using var json = JsonDocument.Parse(await _client.GetStringAsync(string.Create(CultureInfo.InvariantCulture, $"{_comments}/{request}/comments?per_page={PageSize}&page={page}")));
            foreach (var comment in json.RootElement.EnumerateArray())
                if (comment.GetProperty("body").GetString() is { } body && body.StartsWith(marker, StringComparison.Ordinal)
                    && (!_isBot || comment.GetProperty("user").GetProperty("type").GetString() == "Bot"))
                    return new(comment.GetProperty("id").GetInt64(), body, comment.GetProperty("html_url").GetString()!);
            if (json.RootElement.GetArrayLength() < PageSize)
                return null;
        }
    }

    static ByteArrayContent Content(string body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("body", body);
            writer.WriteEndObject();
        }
        return new(buffer.WrittenSpan.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }

    sealed record Comment(long Id, string Body, string Url);
}
