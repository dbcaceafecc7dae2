using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PgRoll.Build.Cli.Tests.Actions;

[TestClass]
public sealed class CommentTests
{
    [TestMethod]
    public async Task One_comment_is_written_kept_and_deleted_when_there_is_nothing_to_tell()
    {
        using var service = new CommentService();
        using var step = OnPullRequest(service);
        service.Add("User", $"<!-- pgroll-build:lint:{Uri.EscapeDataString(step.Migrations.Path)} --> not ours");
        for (var i = 0; i < 100; i++)
            service.Add("User", "talk");
        step.Migrations.With("01_drop.yaml", "operations: [ { drop_table: { name: orders } } ]");
        var first = (await step.RunAsync("lint", ("comment", "true"), ("github-token", "ghs_1"))).HasCode(1);
        Assert.AreEqual("https://example.test/comment/102", first["comment-url"]);
        StringAssert.Contains(service[102], "PGR0201");

        (await step.RunAsync("lint", ("comment", "true"), ("github-token", "ghs_1"))).HasCode(1);
        Assert.AreEqual("POST", string.Join(' ', service.Writes));

        step.Migrations.With("01_drop.yaml", "operations: [ { drop_table: { name: others } } ]");
        (await step.RunAsync("lint", ("comment", "true"), ("github-token", "ghs_1"))).HasCode(1);
        StringAssert.Contains(service[102], "others");

        step.Migrations.With("01_drop.yaml", MigrationFolder.CreateUsers);
        Assert.AreEqual("", (await step.RunAsync("lint", ("comment", "true"), ("github-token", "ghs_1"))).HasCode(0)["comment-url"]);
        Assert.AreEqual("POST PATCH DELETE", string.Join(' ', service.Writes));
        Assert.AreEqual("Bearer ghs_1", service.Authorization);
    }

    [TestMethod]
    public async Task A_token_that_may_not_comment_fails_nothing()
    {
        using var service = new CommentService { Refuses = true };
        using var step = OnPullRequest(service);
        step.Migrations.With("01_users.yaml", MigrationFolder.CreateUsers).With("02_drop.yaml", "operations: [ { drop_table: { name: users } } ]");
        var result = (await step.RunAsync("lint", ("comment", "true"), ("github-token", "ghs_1"))).HasCode(0);
        StringAssert.Contains(result.Annotations("warning"), "needs `pull-requests: write`");
    }

    static ActionStep OnPullRequest(CommentService service)
    {
        var step = new ActionStep();
        step.Variables["GITHUB_EVENT_NAME"] = "pull_request";
        step.Variables["GITHUB_API_URL"] = service.Address;
        step.Variables["GITHUB_EVENT_PATH"] = step.WithFile("event.json", """{ "pull_request": { "number": 7 } }""");
        return step;
    }

    /// <summary>The part of the service that keeps comments.</summary>
    sealed class CommentService : IDisposable
    {
        readonly HttpListener _listener = new();
        readonly SortedDictionary<int, (string User, string Body)> _comments = [];

        public CommentService()
        {
            using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                Address = $"http://localhost:{((IPEndPoint)probe.LocalEndpoint).Port}";
            }
            _listener.Prefixes.Add($"{Address}/");
            _listener.Start();
            _ = ServeAsync();
        }

        public string Address { get; }

        public bool Refuses { get; init; }

        public List<string> Writes { get; } = [];

        public string? Authorization { get; private set; }

        public string this[int id] => _comments[id].Body;

        public void Add(string user, string body) => _comments[_comments.Count + 1] = (user, body);

        public void Dispose() => _listener.Close();

        async Task ServeAsync()
        {
            while (_listener.IsListening)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync();
                }
                catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
                using var reader = new StreamReader(context.Request.InputStream);
                var answer = Answer(context.Request, await reader.ReadToEndAsync());
                context.Response.StatusCode = Refuses ? 403 : 200;
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer));
                context.Response.Close();
            }
        }

        string Answer(HttpListenerRequest request, string body)
        {
            Authorization = request.Headers["Authorization"];
            if (Refuses)
                return "{}";
            if (request.HttpMethod == "GET")
            {
                Assert.AreEqual("/repos/shop/web/issues/7/comments", request.Url!.AbsolutePath);
                var page = int.Parse(request.QueryString["page"]!, System.Globalization.CultureInfo.InvariantCulture);
                return new JsonArray([.. _comments.Skip((page - 1) * 100).Take(100).Select(comment => (JsonNode)Json(comment.Key))]).ToJsonString();
            }
            Writes.Add(request.HttpMethod);
            if (request.HttpMethod == "DELETE")
                return _comments.Remove(int.Parse(request.Url!.Segments[^1], System.Globalization.CultureInfo.InvariantCulture)) ? "" : throw new InvalidOperationException();
            using var json = JsonDocument.Parse(body);
            var id = request.HttpMethod == "POST" ? _comments.Count + 1 : int.Parse(request.Url!.Segments[^1], System.Globalization.CultureInfo.InvariantCulture);
            _comments[id] = ("Bot", json.RootElement.GetProperty("body").GetString()!);
            return Json(id).ToJsonString();
        }

        JsonObject Json(int id) => new()
        {
            ["id"] = id,
            ["body"] = _comments[id].Body,
            ["html_url"] = $"https://example.test/comment/{id}",
            ["user"] = new JsonObject { ["type"] = _comments[id].User },
        };
    }
}
