using PgRoll.Build.Operations;

namespace PgRoll.Build.Cli.Tests.Commands;

[TestClass]
public sealed class CreateCommandTests
{
    /// <summary>The version is the one of the sources.</summary>
    internal static readonly string SchemaLine =
        $"# yaml-language-server: $schema=https://raw.githubusercontent.com/pgroll-build/pgroll-build/v{typeof(CommandLine).Assembly.GetName().Version!.ToString(3)}/src/PgRoll.Build.Core/migration.schema.json\n";

    [TestMethod]
    public async Task Without_a_terminal_name_and_empty_say_all()
    {
        using var folder = new MigrationFolder();
        var created = await new Tool().DoAsync("create", folder["m"], "--name", "01_first", "--empty");
        Assert.AreEqual(folder["m/01_first.yaml"], created);
        Assert.AreEqual($"{SchemaLine}operations: []\n", await File.ReadAllTextAsync(created));
        await new Tool().DoAsync("create", folder["m"], "-n", "02_second", "-e", "-j");
        Assert.AreEqual("{\n  \"operations\": []\n}\n", await File.ReadAllTextAsync(folder["m/02_second.json"]));

        Assert.AreEqual(folder["m/03_third.yaml"], await new Tool().DoAsync("create", folder["m"], "-n", "03_third.yaml", "-e"));
        Assert.AreEqual(folder["m/04_fourth.json"], await new Tool().DoAsync("create", folder["m"], "-n", "04_fourth.json", "-e", "-j"));

        StringAssert.Contains((await new Tool().RunAsync("create", folder["m"], "-e")).HasCode(2).Error, "give --name");
        StringAssert.Contains((await new Tool().RunAsync("create", folder["m"], "-n", "03")).HasCode(2).Error, "give --empty");
        StringAssert.Contains((await new Tool().RunAsync("create", folder["m"], "-n", "a/b", "-e")).HasCode(2).Error, "cannot be the name of a file");
    }

    [TestMethod]
    public async Task What_tells_editors_of_the_schema_is_no_suppression_and_found_fault_with_by_nobody()
    {
        using var folder = new MigrationFolder();
        await new Tool().DoAsync("create", folder["m"], "--name", "01_first", "--empty");

        var findings = (await new Tool().RunAsync("lint", folder["m"])).HasCode(0).Out;

        StringAssert.Contains(findings, "01_first.yaml(2,1): warning PGR0103");
        Assert.HasCount(2, findings.Split("PGR0"), findings);
    }

    [TestMethod]
    public async Task No_file_is_written_over_whatever_its_notation()
    {
        using var folder = new MigrationFolder().With("01_first.json", "{}");
        StringAssert.Contains((await new Tool().RunAsync("create", folder.Path, "-n", "01_first", "-e")).HasCode(2).Error, "has a migration '01_first' already");
    }

    [TestMethod]
    public async Task At_a_terminal_it_asks_for_operations_and_their_fields()
    {
        using var folder = new MigrationFolder().With("01_users.yaml", MigrationFolder.CreateUsers);
        var terminal = new ScriptedTerminal().Type("02_age");
        Choose(terminal, "add_column");
        // Its optional field `up`; the column's optional `nullable` is the second of: pk comes behind it.
        terminal.Press(ConsoleKey.Spacebar, ConsoleKey.Enter).Type("users");
        var optional = OperationCatalog.Describe("add_column").Single(field => field.Name == "column").Fields.Where(field => !field.IsRequired).Select(field => field.Name).ToList();
        terminal.Press([.. Enumerable.Repeat(ConsoleKey.DownArrow, optional.IndexOf("nullable")), ConsoleKey.Spacebar, ConsoleKey.Enter]);
        terminal.Type("age").Type("int").Choose(0);
        terminal.Type("0");
        Choose(terminal, "create_index");
        terminal.Press(ConsoleKey.Enter).Type("by_age").Type("users").Press(ConsoleKey.Enter).Type("age").Type("y").Press(ConsoleKey.Enter).Type("id").Type("n");
        terminal.Choose(0);

        var result = (await new Tool { Terminal = terminal }.RunAsync("create", folder.Path)).HasCode(0);

        Assert.IsTrue(terminal.IsDone, terminal.Screen);
        StringAssert.Contains(terminal.Screen, "after 01_users, such as 02_email");
        Assert.AreEqual("", result.Error);
        Assert.AreEqual(
            $"""
            {SchemaLine.TrimEnd()}
            operations:
              - add_column:
                  table: users
                  column:
                    name: age
                    type: int
                    nullable: true
                  up: "0"
              - create_index:
                  name: by_age
                  table: users
                  columns:
                    - column: age
                    - column: id

            """, await File.ReadAllTextAsync(folder["02_age.yaml"]));
    }

    [TestMethod]
    public void Every_operation_tells_its_fields()
    {
        foreach (var name in OperationCatalog.Names)
            Assert.IsTrue(OperationCatalog.Describe(name).Any(field => field.IsRequired), name);
    }

    /// <summary>In the list, "that is all" comes first.</summary>
    static void Choose(ScriptedTerminal terminal, string operation) => terminal.Choose(OperationCatalog.Names.ToList().IndexOf(operation) + 1);
}
