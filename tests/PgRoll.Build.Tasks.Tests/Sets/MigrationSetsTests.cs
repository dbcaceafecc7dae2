namespace PgRoll.Build.Tasks.Tests.Sets;

/// <summary>Projects with migrations in several folders.</summary>
[TestClass]
public sealed class MigrationSetsTests
{
    const string Billing =
        """<PgRollMigration Include="billing/*.yaml" BaseSchema="billing" ClassName="BillingSchema" Namespace="Shop.Billing" Accessibility="public" />""";

    [BuildTestMethod]
    public async Task Each_folder_is_a_set_with_a_class_and_findings_of_its_own()
    {
        var project = await TestProject.WithTargetsAsync(items: Billing);
        project.Write("billing/01_bills.yaml", TestProject.CreateUsers);
        (await project.GenerateAsync()).AssertSucceeded();
        foreach (var expected in new[]
        {
            "namespace App\n{", "internal static partial class SchemaVersion\n", "Current = \"public_02_email\"",
            "namespace Shop.Billing\n{", "public static partial class BillingSchema\n", "Current = \"billing_01_bills\"",
        })
            Assert.Contains(expected, project.SchemaVersion!);
        Assert.IsTrue((await project.GenerateAsync()).AssertSucceeded().SkippedCheck);

        project.Write("migrations/03_nothing.yaml", TestProject.Questionable);
        project.Write("billing/02_broken.yaml", TestProject.Broken);
        var output = (await project.GenerateAsync()).AssertFailed().Output;
        Assert.Contains("migrations/03_nothing.yaml(1,1): warning PGR0103: ", output);
        Assert.Contains("billing/02_broken.yaml(3,14): error PGR0201: ", output);
    }

    [BuildTestMethod]
    public async Task A_changed_value_of_an_item_is_noticed()
    {
        var project = await TestProject.WithTargetsAsync(items: Billing.Replace("\"billing\"", "\"$(Bills)\""));
        project.Write("billing/01_bills.yaml", TestProject.CreateUsers);
        foreach (var schema in new[] { "bills", "invoices" })
        {
            (await project.GenerateAsync("-p:Bills=" + schema)).AssertSucceeded();
            Assert.Contains($"Current = \"{schema}_01_bills\"", project.SchemaVersion!);
        }
    }

    [TestMethod]
    public void Two_sets_of_one_class_are_an_error_that_names_both_folders() => AssertRefused(
        "PGR9010: The migrations in '/a' and '/b' would all be the class SchemaVersion. Give the items of one folder another ClassName",
        MigrationItem.Of("/a/01.yaml"), MigrationItem.Of("/b/01.yaml", "schemaversion"));

    [TestMethod]
    public void One_folder_with_two_classes_is_an_error_that_names_them() => AssertRefused(
        "PGR9010: The migrations in '/a' are one set, but their items have several values of ClassName: 'Shop', 'Bills'.",
        MigrationItem.Of("/a/01.yaml", "Shop"), MigrationItem.Of("/a/02.yaml", "Bills"));

    static void AssertRefused(string message, params Microsoft.Build.Framework.ITaskItem[] items)
    {
        var engine = new FakeBuildEngine();
        Assert.IsFalse(new CompileMigrations { BuildEngine = engine, Migrations = items }.Execute());
        Assert.StartsWith(message, $"{engine.Errors.Single().Code}: {engine.Errors[0].Message}");
    }
}
