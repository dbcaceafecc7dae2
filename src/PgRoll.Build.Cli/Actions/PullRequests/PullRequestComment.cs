namespace PgRoll.Build.Cli.Actions.PullRequests;

/// <summary>One comment on a pull request for each folder and command, which each run brings up to date. That it fails is no reason to fail.</summary>
static class PullRequestComment
{
    // The service's limit is 65,536.
    const int Longest = 65_000;

    public static async Task SendAsync(ActionRun run, string summary)
    {
        if (PullRequestEvent.Of(run.Settings.Variable) is not { } request)
            return;
        if (run.Inputs.Token is not { } token || run.Settings.Variable("GITHUB_REPOSITORY") is not { } repository)
        {
            run.Notices.Warn("No comment was written: input `github-token` is empty.");
            return;
        }
        using var client = new GitHubComments(run.Settings.Variable("GITHUB_API_URL") ?? "https://api.github.com", repository, token);
        try
        {
            // A path is anybody's: it must not end the marker.
            var marker = $"<!-- pgroll-build:{run.Inputs.Command}:{Uri.EscapeDataString(run.Inputs.Path)} -->";
            var isClean = run.Inputs.Command == "lint" && run.Findings is { Findings.Count: 0 } && run.Summary.Error is null;
            var body = $"{marker}\n{(summary.Length > Longest ? $"{summary[..summary.LastIndexOf('\n', Longest)]}\n\nThe rest is in the job summary." : summary)}";
            run.Outputs["comment-url"] = await client.UpsertAsync(request.Number, marker, isClean ? null : body) ?? "";
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException or System.Text.Json.JsonException)
        {
            run.Notices.Warn($"No comment was written, which needs `pull-requests: write`, and is refused to forks: {error.Message}");
        }
    }
}
