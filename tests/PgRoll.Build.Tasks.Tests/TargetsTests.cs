using System.Text.Json;

namespace PgRoll.Build.Tasks.Tests;

[TestClass]
public sealed class TargetsTests
{
    [BuildTestMethod]
    public async Task An_editor_gets_the_constant_and_leaves_the_findings_to_the_next_build()
    {
        var project = await TestProject.WithTargetsAsync();
        project.Write("migrations/03_broken.yaml", TestProject.Broken);

        var designTime = await project.GenerateAsync("-p:DesignTimeBuild=true");
        designTime.AssertSilent();
        Assert.Contains("Current = \"public_03_broken\"", project.SchemaVersion!);
        Assert.IsNull(project.Find("PgRoll.Build.stamp"));

        (await project.GenerateAsync()).AssertFailed();
    }

    [BuildTestMethod]
    public async Task An_editor_of_old_is_recognised_by_compiling_outside_of_a_build()
    {
        var project = await TestProject.WithTargetsAsync();
        project.Write("migrations/03_broken.yaml", TestProject.Broken);

        (await project.GenerateAsync("-p:BuildingInsideVisualStudio=true")).AssertSilent();
    }

    [BuildTestMethod]
    public async Task A_project_without_migrations_is_left_alone()
    {
        var project = await TestProject.WithTargetsAsync();
        Directory.Delete(project.PathOf("migrations"), recursive: true);

        (await project.GenerateAsync()).AssertSilent();
        Assert.IsEmpty(project.FindAll("*PgRoll*"));
    }

    [BuildTestMethod]
    public async Task The_temporary_project_of_WPF_is_left_alone()
    {
        var project = await TestProject.WithTargetsAsync();
        (await project.GenerateAsync("-p:_TargetAssemblyProjectName=App")).AssertSucceeded();
        Assert.IsEmpty(project.FindAll("*PgRoll*"));
    }

    [BuildTestMethod]
    public async Task Only_the_folder_itself_is_read_and_only_what_pgroll_reads()
    {
        var project = await TestProject.WithTargetsAsync();
        foreach (var file in new[] { "03.yml", "04.json", "05.sql", "old/06.yaml", "README.md" })
            project.Write("migrations/" + file, "");

        Assert.AreEqual("01_users.yaml 02_email.yaml 03.yml 04.json", await MigrationsAsync(project));
    }

    [BuildTestMethod]
    public async Task Another_folder_may_hold_the_migrations()
    {
        var project = await TestProject.WithTargetsAsync("<PgRollMigrationsDirectory>../db</PgRollMigrationsDirectory>");
        project.Write("../db/07_x.yaml", "");

        Assert.AreEqual("07_x.yaml", await MigrationsAsync(project));
    }

    [BuildTestMethod]
    public async Task Migrations_may_be_listed_instead()
    {
        var project = await TestProject.WithTargetsAsync(
            "<EnableDefaultPgRollMigrationItems>false</EnableDefaultPgRollMigrationItems>",
            """<PgRollMigration Include="migrations/01_*" />""");

        Assert.AreEqual("01_users.yaml", await MigrationsAsync(project));
        (await project.GenerateAsync()).AssertSucceeded();
        Assert.Contains("Current = \"public_01_users\"", project.SchemaVersion!);
    }

    [BuildTestMethod]
    public async Task A_migration_listed_twice_counts_once()
    {
        var project = await TestProject.WithTargetsAsync(items: """<PgRollMigration Include="$(MSBuildProjectDirectory)/migrations/*.yaml" />""");
        (await project.GenerateAsync()).AssertSilent();
    }

    [BuildTestMethod]
    public async Task Migrations_are_watched()
    {
        var project = await TestProject.WithTargetsAsync();
        var items = (await project.RunAsync(["msbuild", "-getItem:Watch", "-getItem:UpToDateCheckInput"])).AssertSucceeded().Output;
        Assert.AreEqual(2, items.Split("\"migrations/01_users.yaml\"").Length - 1, items);
    }

    [BuildTestMethod]
    public async Task A_project_may_check_only()
    {
        var project = await TestProject.WithTargetsAsync("<PgRollGenerateSchemaVersion>false</PgRollGenerateSchemaVersion>");
        (await project.GenerateAsync()).AssertSucceeded();
        Assert.IsNull(project.SchemaVersion);
        Assert.IsTrue((await project.GenerateAsync()).AssertSucceeded().SkippedCheck);

        project.Write("migrations/03_broken.yaml", TestProject.Broken);
        Assert.Contains("error PGR0201", (await project.GenerateAsync()).AssertFailed().Output);
    }

    [BuildTestMethod]
    public async Task An_accessibility_that_does_not_exist_is_refused()
    {
        var project = await TestProject.WithTargetsAsync();
        Assert.Contains(
            "error PGR9010: The accessibility of SchemaVersion is 'private'; set it to 'internal' or 'public' (PgRollSchemaVersionAccessibility",
            (await project.GenerateAsync("-p:PgRollSchemaVersionAccessibility=private")).AssertFailed().Output);
    }

    [BuildTestMethod]
    public async Task Projects_of_this_repository_use_the_tasks_they_were_built_with()
    {
        var project = TestProject.InRepository();
        (await project.GenerateAsync()).AssertSucceeded();
        Assert.Contains("Current = \"public_02_email\"", project.SchemaVersion!);
    }

    static async Task<string> MigrationsAsync(TestProject project)
    {
        var items = JsonDocument.Parse((await project.RunAsync(["msbuild", "-getItem:PgRollMigration"])).AssertSucceeded().Output).RootElement;
        return string.Join(' ', items.GetProperty("Items").GetProperty("PgRollMigration").EnumerateArray()
            .Select(item => item.GetProperty("Filename").GetString() + item.GetProperty("Extension").GetString()));
    }
}
