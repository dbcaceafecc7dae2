namespace PgRoll.Build.Cli.Tests.Commands;

[TestClass]
public sealed class ConvertCommandTests
{
    const string Users = "BEGIN; CREATE TABLE users (id int PRIMARY KEY, name varchar(20)); COMMIT;";

    [TestMethod]
    public async Task One_migration_is_printed_and_what_is_left_out_is_told()
    {
        using var folder = new MigrationFolder().With("01_users.sql", Users);

        var result = (await new Tool().RunAsync("convert", folder["01_users.sql"])).HasCode(0);

        Assert.AreEqual(
            $"""
            {CreateCommandTests.SchemaLine.TrimEnd()}
            operations:
              - create_table:
                  name: users
                  columns:
                    - name: id
                      type: int
                      pk: true
                    - name: name
                      type: varchar(20)
                      nullable: true

            """, result.Out);
        Assert.AreEqual($"Line 1: left out: transaction control.{Environment.NewLine}", result.Error);
    }

    [TestMethod]
    [DataRow]
    [DataRow("-")]
    public async Task Standard_input_is_SQL_as_well(params string[] file) =>
        Assert.AreEqual(
            """
            {
              "operations": [
                {
                  "drop_table": {
                    "name": "users"
                  }
                }
              ]
            }

            """, (await Piping("DROP TABLE users").RunAsync(["convert", .. file, "--json"])).HasCode(0).Out);

    [TestMethod]
    public async Task Several_migrations_are_files_of_a_folder_whose_migrations_tell_what_they_meet()
    {
        using var folder = new MigrationFolder().With("users.sql", Users)
            .With("changes.sql", "ALTER TABLE users ALTER name TYPE text; CREATE VIEW v AS SELECT * FROM users; ALTER TABLE users DROP COLUMN name");

        Assert.AreEqual(folder["m/01_users.yaml"], await new Tool().DoAsync("convert", folder["users.sql"], "--output", folder["m"], "--name", "01_users.yaml"));
        var changes = (await new Tool().RunAsync("convert", folder["changes.sql"], "-o", folder["m"], "-n", "02_changes", "-j")).HasCode(0);

        CollectionAssert.AreEqual(new[] { folder["m/02_changes_1.json"], folder["m/02_changes_2.json"], folder["m/02_changes_3.json"] }, changes.Out.TrimEnd().Split(Environment.NewLine));
        StringAssert.Contains(await File.ReadAllTextAsync(folder["m/02_changes_1.json"]), "\"down\": \"name::varchar(20)\"");
        StringAssert.Contains(changes.Error, "warning PGR0301");
        StringAssert.Contains((await new Tool().RunAsync("validate", folder["m"])).HasCode(0).Out, "warning PGR0301");
    }

    [TestMethod]
    public async Task Several_migrations_are_not_printed_and_no_file_is_written_over()
    {
        using var folder = new MigrationFolder().With("two.sql", $"{Users} VACUUM users").With("m/02_b_2.json", """{ "operations": [] }""");
        StringAssert.Contains((await new Tool().RunAsync("convert", folder["two.sql"])).HasCode(2).Error, "The SQL makes 2 migrations (two_1, two_2): give --output");
        StringAssert.Contains((await new Tool().RunAsync("convert", folder["two.sql"], "-o", folder["m"], "-n", "02_b")).HasCode(2).Error, "has a migration '02_b_2' already. Nothing was written");
        Assert.HasCount(1, Directory.GetFiles(folder["m"]));
    }

    [TestMethod]
    public async Task A_placeholder_is_told_and_refused_until_it_is_filled()
    {
        using var folder = new MigrationFolder().With("m/01_users.yaml", MigrationFolder.CreateUsers);

        var result = (await Piping("ALTER TABLE users ALTER name SET NOT NULL").RunAsync("convert", "-o", folder["m"], "-n", "02_name")).HasCode(0);

        StringAssert.Contains(result.Error, "02_name.yaml(7,11): error PGR0309: `up` is not one scalar expression: it is the placeholder 'TODO: the value of 'name' in rows that have none");
        StringAssert.Contains((await new Tool().RunAsync("validate", folder["m"])).HasCode(1).Out, "error PGR0309");
    }

    [TestMethod]
    public async Task Without_SQL_there_is_nothing_to_do()
    {
        using var folder = new MigrationFolder().With("empty.sql", "-- nothing");
        StringAssert.Contains((await new Tool().RunAsync("convert", folder["empty.sql"])).HasCode(2).Error, "There is nothing to convert in");
        StringAssert.Contains((await new Tool().RunAsync("convert")).HasCode(2).Error, "give a file, or pipe it in");
        StringAssert.Contains((await new Tool().RunAsync("convert", folder["no.sql"])).HasCode(2).Error, "There is no file");
        StringAssert.Contains((await new Tool().RunAsync("convert", "--fast")).HasCode(2).Error, "Unrecognized flag '--fast'");
        StringAssert.Contains((await Piping("SELECT 1;\nSELECT 'open").RunAsync("convert")).HasCode(1).Error, "Line 2 is no SQL: ");
    }

    static Tool Piping(string sql) => new() { Input = sql };
}
