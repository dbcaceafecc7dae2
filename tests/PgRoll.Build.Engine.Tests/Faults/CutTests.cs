using Npgsql;
using PgRoll.Build.Engine.Tests.Lifecycle;
using PgRoll.Build.LocalPostgres;
using PgRoll.Build.Migrations;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Faults;

/// <summary>
/// The runner vanishes at each of its requests to the server, one after the other: whatever it was about to do, and whatever it had just
/// done without hearing of it. To the server, a process that is killed and a network that fails look the same.
/// </summary>
[TestClass]
public sealed class CutTests
{
    static readonly MigrationFile Base = Yaml.File("01_base",
        """
        - create_table:
            name: t
            columns: [{ name: id, type: serial, pk: true }, { name: d, type: text, nullable: true }, { name: e, type: int, nullable: true }]
        - create_table: { name: gone, columns: [{ name: id, type: int, pk: true }] }
        """);

    const string Rows = "INSERT INTO t (d, e) SELECT nullif(i % 3, 0)::text, i FROM generate_series(1, 50) i";

    static readonly Dictionary<string, MigrationFile> Changes = new()
    {
        ["columns and an index"] = Yaml.File("02_change",
            """
            - alter_column: { table: t, column: d, nullable: false, up: "coalesce(d, 'none')", down: d, check: { name: d_given, constraint: length(d) > 0 } }
            - create_index: { table: t, name: t_e, columns: [{ column: e }] }
            """),
        ["tables and names"] = Yaml.File("02_change",
            """
            - create_table: { name: new, columns: [{ name: id, type: serial, pk: true }, { name: t, type: int, references: { name: new_t, table: t, column: id } }] }
            - drop_table: { name: gone }
            - rename_table: { from: t, to: renamed }
            - rename_column: { table: renamed, from: e, to: number }
            - drop_column: { table: renamed, column: d, down: "'x'" }
            """),
        ["raw SQL"] = Yaml.File("02_change", "- sql: { up: 'CREATE TABLE raw (id int)', down: DROP TABLE raw }"),
        ["raw SQL at complete"] = Yaml.File("02_change", "- sql: { up: 'ALTER TABLE t ADD COLUMN raw int', onComplete: true }"),
    };

    /// <summary>All changes, and both ends of every request, instead of some changes and either end in turn.</summary>
    public static IEnumerable<object[]> Names => Changes.Keys.Take(TestDatabase.IsLong ? Changes.Count : 2).Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task Start_is_gone_on_with_or_taken_back(string name)
    {
        var change = Changes[name];
        await using var before = await TemplateAsync(runner => Task.CompletedTask);
        var expected = await DumpAsync(before, static _ => Task.CompletedTask);
        var completed = await DumpAsync(before, async runner =>
        {
            await runner.StartAsync([change]);
            await runner.CompleteAsync();
        });

        await AtEachRequestAsync(before, runner => runner.StartAsync([change]), async (database, cut) =>
        {
            var runner = RunnerOf(database);
            if (cut.Number % 4 < 2)
            {
                await IfActiveAsync(runner.RollbackAsync);
                Assert.AreEqual(expected, await DumpAsync(database), $"{cut}, taken back");
            }
            else
            {
                // A start that had come to its end is an active migration, which cannot be started again.
                if ((await runner.StatusAsync()).Phase != "Active")
                    await runner.StartAsync([change]);
                await runner.CompleteAsync();
                Assert.AreEqual(completed, await DumpAsync(database), $"{cut}, gone on with");
            }
        });
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task Complete_is_before_or_after_and_can_be_repeated(string name)
    {
        var change = Changes[name];
        await using var started = await TemplateAsync(runner => runner.StartAsync([change]));
        var before = await DumpAsync(started, static _ => Task.CompletedTask);
        var after = await DumpAsync(started, runner => runner.CompleteAsync());

        await AtEachRequestAsync(started, runner => runner.CompleteAsync(), async (database, cut) =>
        {
            var runner = RunnerOf(database);
            var status = await runner.StatusAsync();
            if (status.State == "In progress")
                Assert.AreEqual(before, await DumpAsync(database), $"{cut}, before");
            await IfActiveAsync(runner.CompleteAsync);
            Assert.AreEqual(after, await DumpAsync(database), $"{cut}, repeated");
        });
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task Rollback_is_before_or_after_and_can_be_repeated(string name)
    {
        var change = Changes[name];
        await using var started = await TemplateAsync(runner => runner.StartAsync([change]));
        var before = await DumpAsync(started, static _ => Task.CompletedTask);
        var after = await DumpAsync(started, runner => runner.RollbackAsync());

        await AtEachRequestAsync(started, runner => runner.RollbackAsync(), async (database, cut) =>
        {
            var runner = RunnerOf(database);
            if ((await runner.StatusAsync()).State == "In progress")
                Assert.AreEqual(before, await DumpAsync(database), $"{cut}, before");
            await IfActiveAsync(runner.RollbackAsync);
            Assert.AreEqual(after, await DumpAsync(database), $"{cut}, repeated");
        });
    }

    /// <summary>Runs the command on copies of a database, cut at request 1, 2, 3 … until it comes to its end uncut.</summary>
    static async Task AtEachRequestAsync(PostgresDatabase template, Func<MigrationRunner, Task> command, Func<PostgresDatabase, Cut, Task> verify)
    {
        var requests = await CountAsync(template, command);
        var cuts =
            from number in Enumerable.Range(1, requests)
            from at in Enum.GetValues<CutAt>()
            where TestDatabase.IsLong || (number + (int)at) % 2 == 0
            select new Cut(number, at);
        await Parallel.ForEachAsync(cuts, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (cut, _) =>
        {
            await using var database = await (await TestDatabase.ServerAsync()).CreateDatabaseAsync(template, CancellationToken.None);
            await using (var proxy = new CuttingProxy(database.ConnectionString, cut))
            {
                var error = await Assert.ThrowsExactlyAsync<PgRollException>(() => command(new(new(proxy.ConnectionString))), $"{cut}");
                Assert.IsTrue(error.Reason is ExitReason.Interrupted or ExitReason.DatabaseError, $"{cut}: {error}");
            }
            await verify(database, cut);
        });
    }

    static async Task<int> CountAsync(PostgresDatabase template, Func<MigrationRunner, Task> command)
    {
        await using var database = await (await TestDatabase.ServerAsync()).CreateDatabaseAsync(template);
        await using var proxy = new CuttingProxy(database.ConnectionString);
        await command(new(new(proxy.ConnectionString)));
        return proxy.Requests;
    }

    static async Task<PostgresDatabase> TemplateAsync(Func<MigrationRunner, Task> prepare) =>
        await (await TestDatabase.ServerAsync()).CreateTemplateAsync(async (source, ct) =>
        {
            var runner = new MigrationRunner(new(source.ConnectionString));
            await runner.InitializeAsync(ct);
            await runner.StartAsync([Base], ct);
            await runner.CompleteAsync(ct);
            await using (var rows = source.CreateCommand(Rows))
                await rows.ExecuteNonQueryAsync(ct);
            await prepare(runner);
        });

    static MigrationRunner RunnerOf(PostgresDatabase database) => new(new(database.ConnectionString));

    /// <summary>The command may have come to its end before the cut; then there is nothing left to do.</summary>
    static async Task IfActiveAsync(Func<CancellationToken, Task<IReadOnlyList<string>>> command)
    {
        try
        {
            await command(CancellationToken.None);
        }
        catch (PgRollException error) when (error.Reason == ExitReason.NotNow && error.Message.StartsWith("No migration is active", StringComparison.Ordinal))
        {
        }
    }

    static async Task<string> DumpAsync(PostgresDatabase template, Func<MigrationRunner, Task> command)
    {
        await using var database = await (await TestDatabase.ServerAsync()).CreateDatabaseAsync(template);
        await command(RunnerOf(database));
        return await DumpAsync(database);
    }

    /// <summary>The catalog, the rows, and what the history remembers.</summary>
    static async Task<string> DumpAsync(PostgresDatabase database)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString + ";Pooling=false");
        var text = await CatalogDump.ReadAsync(source, "pgroll");
        await using var rows = source.CreateCommand(
            """
            SELECT pg_catalog.concat_ws(E'\n',
              (SELECT pg_catalog.string_agg(pg_catalog.query_to_xml(pg_catalog.format('SELECT * FROM %s ORDER BY 1', c.oid::regclass), true, false, '')::text, E'\n' ORDER BY c.relname)
               FROM pg_catalog.pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'),
              (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ', name, parent, done), E'\n' ORDER BY created_at) FROM pgroll.migrations),
              (SELECT pg_catalog.string_agg(phase, E'\n') FROM pgroll.rollouts))
            """);
        return text + await rows.ExecuteScalarAsync();
    }
}
