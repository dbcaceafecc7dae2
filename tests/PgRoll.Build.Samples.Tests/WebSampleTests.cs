using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Samples.Tests;

/// <summary>The commands of the sample's README, typed in a shell.</summary>
[TestClass]
public sealed class WebSampleTests
{
    const string Address = "http://localhost:5000";

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task The_application_is_ready_when_its_version_is_there_and_works_through_a_rollout()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var shell = new WebSample(database.ConnectionString);
        var lines = WebSample.ReadmeLines();
        await TypeAsync(shell, lines.TakeWhile(line => line != "dotnet pgroll start migrations"));

        // The old version of the application writes while the new one is made.
        await using (var old = new Repeated(() => database.ExecuteAsync("INSERT INTO public_01_customers.customers (name, email) VALUES ('Ada King', 'ada@example.com')")))
            await shell.RunAsync("dotnet pgroll start migrations");
        await shell.RunAsync("dotnet pgroll rollback");
        await TypeAsync(shell, ["curl http://localhost:5000/ready  # 503 Schema public_02_names is missing", "dotnet pgroll start migrations"]);
        await TypeAsync(shell, lines.SkipWhile(line => line != "dotnet pgroll start migrations").Skip(1).TakeWhile(line => line != "dotnet pgroll complete"));
        Assert.IsTrue((await shell.Client.GetFromJsonAsync<JsonArray>("/customers", TestContext.CancellationToken))!
            .All(customer => ((string?)customer!["firstName"], (string?)customer["lastName"]) == ("Ada", "King")));
        await using (var @new = new Repeated(() => ChangeAsync(shell.Client)))
            await TypeAsync(shell, lines.SkipWhile(line => line != "dotnet pgroll complete"));

        await AssertConflictAsync(shell.Client);
    }

    [TestMethod]
    public async Task Statements_that_name_the_version_need_no_search_path()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var shell = new WebSample(database.ConnectionString, qualifyTables: true);
        await TypeAsync(shell, ["dotnet pgroll init", "dotnet pgroll start migrations --complete --expose-xmin", "dotnet run --urls http://localhost:5000 &"]);

        await AssertConflictAsync(shell.Client);
    }

    async Task TypeAsync(WebSample shell, IEnumerable<string> lines)
    {
        foreach (var line in lines)
            if (line.StartsWith("curl ", StringComparison.Ordinal))
            {
                var (path, expected) = (line.Split(' ')[1][Address.Length..], line.Split("# ")[1].Split(' ', 2));
                using var answer = await shell.Client.GetAsync(path, TestContext.CancellationToken);
                var text = await answer.Content.ReadAsStringAsync(TestContext.CancellationToken);
                Assert.AreEqual(expected[0], $"{(int)answer.StatusCode}", $"{line}\n{text}\n{shell.Output}");
                Assert.Contains(expected.ElementAtOrDefault(1) ?? "", text);
            }
            else if (line.StartsWith("dotnet run ", StringComparison.Ordinal))
                await shell.StartAsync();
            else
                await shell.RunAsync(line);
    }

    /// <summary>A new customer, changed once.</summary>
    async Task ChangeAsync(HttpClient client)
    {
        var customer = await SendAsync(client, HttpMethod.Post, "/customers", "Ada", HttpStatusCode.Created);
        await SendAsync(client, HttpMethod.Put, $"/customers/{customer["id"]}?version={customer["version"]}", "Li", HttpStatusCode.OK);
    }

    async Task AssertConflictAsync(HttpClient client)
    {
        var customer = await SendAsync(client, HttpMethod.Post, "/customers", "Ada", HttpStatusCode.Created);
        var changed = await SendAsync(client, HttpMethod.Put, $"/customers/{customer["id"]}?version={customer["version"]}", "Li", HttpStatusCode.OK);
        Assert.AreNotEqual((uint)customer["version"]!, (uint)changed["version"]!);

        await SendAsync(client, HttpMethod.Put, $"/customers/{customer["id"]}?version={customer["version"]}", "Olu", HttpStatusCode.Conflict);

        var read = await client.GetFromJsonAsync<JsonObject>($"/customers/{customer["id"]}", TestContext.CancellationToken);
        Assert.AreEqual("Li", (string?)read!["firstName"]);
        Assert.AreEqual((uint)changed["version"]!, (uint)read["version"]!);
    }

    async Task<JsonNode> SendAsync(HttpClient client, HttpMethod method, string path, string name, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(new { firstName = name, lastName = "King", email = "ada@example.com" }) };
        using var answer = await client.SendAsync(request, TestContext.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.CancellationToken);
        Assert.AreEqual(expected, answer.StatusCode, text);
        return JsonNode.Parse(text)!;
    }

    /// <summary>Something done again and again, and at least once, until it is disposed; its failure is the test's.</summary>
    sealed class Repeated : IAsyncDisposable
    {
        readonly Task _work;
        volatile bool _isOver;

        public Repeated(Func<Task> action) => _work = Task.Run(async () =>
        {
            do
                await action();
            while (!_isOver);
        });

        public async ValueTask DisposeAsync()
        {
            _isOver = true;
            await _work;
        }
    }
}
