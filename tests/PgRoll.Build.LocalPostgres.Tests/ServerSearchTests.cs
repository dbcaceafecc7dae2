using System.Text.RegularExpressions;
using PgRoll.Build.Testing;

namespace PgRoll.Build.LocalPostgres.Tests;

[TestClass]
public sealed partial class ServerSearchTests
{
    [TestMethod]
    public async Task A_given_server_is_used_and_left_running()
    {
        var shared = await TestDatabase.ServerAsync();
        var scope = Scopes.Empty with { ConnectionString = shared.ConnectionString };

        var server = await scope.StartAsync(shared.Major);
        await server.DisposeAsync();

        Assert.AreEqual("given by PGROLL_TEST_POSTGRES", server.Source);
        Assert.AreEqual(shared.ConnectionString, server.ConnectionString);
        await using var database = await TestDatabase.CreateAsync();
        Assert.AreEqual(1, await database.ScalarAsync<int>("SELECT 1"));
    }

    [TestMethod]
    public async Task Whoever_wants_to_keep_data_is_not_given_somebodys_server()
    {
        var shared = await TestDatabase.ServerAsync();
        var scope = Scopes.Empty with { ConnectionString = shared.ConnectionString };

        await Assert.ThrowsExactlyAsync<PostgresUnavailableException>(() => PostgresServer.StartAsync(new PostgresOptions { Kept = true }, scope, CancellationToken.None));
    }

    [TestMethod]
    public async Task A_given_server_of_another_major_is_refused()
    {
        var shared = await TestDatabase.ServerAsync();
        var scope = Scopes.Empty with { ConnectionString = shared.ConnectionString };

        var problem = await Assert.ThrowsExactlyAsync<PostgresUnavailableException>(() => scope.StartAsync(9));

        Assert.AreEqual(
            $"PGROLL_TEST_POSTGRES gives a PostgreSQL {shared.Major}, wanted 9; set PGROLL_TEST_POSTGRES_VERSION={shared.Major} or give another server.",
            problem.Message);
    }

    [TestMethod]
    public async Task A_given_server_that_does_not_answer_is_not_replaced_by_another()
    {
        var scope = SearchScope.FromEnvironment() with { ConnectionString = "Host=/nowhere;Username=postgres" };

        var problem = await Assert.ThrowsExactlyAsync<PostgresUnavailableException>(() => scope.StartAsync());

        Assert.StartsWith("The server given by PGROLL_TEST_POSTGRES cannot be used: ", problem.Message);
    }

    [TestMethod]
    public async Task Without_any_server_the_message_says_for_each_way_why_not()
    {
        var problem = await Assert.ThrowsExactlyAsync<PostgresUnavailableException>(() => Scopes.Empty.StartAsync(17));

        Assert.MatchesRegex(FourReasons(), problem.Message);
    }

    [TestMethod]
    public async Task A_Docker_engine_without_the_container_project_is_named_as_the_reason()
    {
        await using var engine = new FakeDockerEngine();
        var scope = Scopes.Empty with { DockerEngine = engine.Address };

        var problem = await Assert.ThrowsExactlyAsync<PostgresUnavailableException>(() => scope.StartAsync(17));

        Assert.Contains($"- Docker: an engine answers at {engine.Address}, but this build has no support for containers", problem.Message);
        Assert.Contains("-p:PgRollTestcontainers=on", problem.Message);
    }

    [TestMethod]
    public async Task An_answering_Docker_engine_and_the_container_project_give_a_container_that_dispose_removes()
    {
        var shared = await TestDatabase.ServerAsync();
        await using var engine = new FakeDockerEngine();
        var told = new List<string>();
        var scope = Scopes.Empty with
        {
            DockerEngine = engine.Address,
            Containers = (major, arguments, _) =>
            {
                told.Add($"{major} {string.Join(' ', arguments)}");
                return Task.FromResult(new PostgresContainer(shared.ConnectionString, () =>
                {
                    told.Add("stopped");
                    return ValueTask.CompletedTask;
                }));
            },
        };

        await using (var server = await scope.StartAsync(shared.Major))
            Assert.AreEqual($"container on {engine.Address}", server.Source);

        CollectionAssert.AreEqual(
            new[] { $"{shared.Major} -c dynamic_shared_memory_type=mmap -c fsync=off -c full_page_writes=off -c max_connections=200 -c synchronous_commit=off", "stopped" }, told);
    }

    [TestMethod]
    [DataRow(null, new int[0])]
    [DataRow("17", new[] { 17 })]
    [DataRow(" 15, 17", new[] { 15, 17 })]
    public void The_version_variable_lists_majors(string? list, int[] majors) =>
        CollectionAssert.AreEqual(majors, SearchScope.Majors(list).ToArray());

    [TestMethod]
    public void A_version_variable_with_something_else_is_refused() => Assert.AreEqual(
        "PGROLL_TEST_POSTGRES_VERSION=15.2: '15.2' is no major version; give one like 17, or a list like 15,17.",
        Assert.ThrowsExactly<FormatException>(() => SearchScope.Majors("15.2")).Message);

    [GeneratedRegex("""
        ^There is no PostgreSQL 17 to use:
        - given: PGROLL_TEST_POSTGRES is not set\.
        - installed: no folder holds initdb, .*
        - Docker: no Docker engine answers at unix:///nowhere/docker\.sock .*
        - npm: there is no package for .*$
        """)]
    private static partial Regex FourReasons();
}
