using Microsoft.Extensions.Logging;
using PgRoll.Build.Migrations;

namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>Files that are not what was applied under their names.</summary>
[TestClass]
public sealed class ChangedFilesTests
{
    const string Operations = "- create_table: { name: t, columns: [{ name: id, type: int, pk: true }, { name: d, type: text, nullable: true }] }";

    static readonly MigrationFile Table = Yaml.File("01_table", Operations);
    static readonly MigrationFile Edited = Yaml.File("01_table", Operations.Replace("type: text", "type: citext", StringComparison.Ordinal));
    static readonly MigrationFile Next = Yaml.File("02_next", "- add_column: { table: t, column: { name: num, type: int, nullable: true } }");

    [TestMethod]
    public async Task A_file_that_changed_after_it_was_applied_is_refused_by_name_and_place()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Table);

        foreach (var command in (Func<Task>[])[() => rollout.Runner.PlanAsync([Edited, Next]), () => rollout.Runner.StartAsync([Edited, Next]), () => rollout.Runner.StartAsync([Edited])])
        {
            var error = await Assert.ThrowsExactlyAsync<PgRollException>(command);
            Assert.AreEqual(ExitReason.NotNow, error.Reason);
            StringAssert.Contains(error.Message, "'01_table.yaml' (operations[0].create_table.columns[1].type)");
        }
    }

    [TestMethod]
    public async Task Each_file_of_a_rollout_is_compared_with_its_own_row()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Table);
        var more = Yaml.File("03_more", "- add_column: { table: t, column: { name: m, type: int, nullable: true, default: \"1\" }, up: id }");
        await rollout.Runner.StartAsync([Table, Next, more]);
        await rollout.Runner.CompleteAsync();

        Assert.IsNull(await rollout.Runner.StartAsync([Table, Next, more]));
        var changed = new MigrationFile(Next.Path, Next.Text.Replace("int", "bigint", StringComparison.Ordinal));
        StringAssert.Contains((await Assert.ThrowsExactlyAsync<PgRollException>(() => rollout.Runner.StartAsync([Table, changed, more]))).Message, "02_next.yaml");
    }

    [TestMethod]
    [DataRow("# why\noperations: [{ create_table: { columns: [{ type: int, pk: true, name: id }, { name: d, nullable: true, type: text, unique: false }], name: t } }]")]
    [DataRow("name: 01_table\noperations:\n  - create_table:\n      name: t\n      columns:\n        - { name: id, type: int, pk: true }\n        - { name: d, type: text, nullable: true }\n")]
    public async Task A_file_that_says_the_same_in_other_words_is_not_changed(string text)
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Table);

        Assert.IsNull(await rollout.Runner.StartAsync([new("01_table.yaml", text)]));
    }

    [TestMethod]
    public async Task Of_what_pgroll_applied_a_difference_is_a_warning()
    {
        await using var rollout = await Rollout.CreateAsync();
        await rollout.ApplyAsync(Table);
        await rollout.Database.ExecuteAsync("UPDATE pgroll.migrations SET migration = migration - 'tool'");
        var log = new Messages();

        await new MigrationRunner(rollout.Options with { Logger = log }).StartAsync([Edited, Next]);

        StringAssert.Contains(log.Text, "01_table.yaml differs from what pgroll applied under its name, at operations[0].create_table.columns[1].type");
    }

    sealed class Messages : ILogger
    {
        public string Text { get; private set; } = "";

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Text += formatter(state, exception) + "\n";
    }
}
