using PgRoll.Build.Testing;

namespace PgRoll.Build.Tasks.Tests;

[TestClass]
public sealed class IncrementalTests
{
    static readonly DateTime LongAgo = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [BuildTestMethod]
    public async Task Nothing_changed_so_nothing_is_checked()
    {
        var project = await BuiltAsync();
        Assert.IsTrue((await project.GenerateAsync()).AssertSucceeded().SkippedCheck);
        // What the skipped target does not do, the compiler still needs.
        Assert.Contains("public_02_email", project.SchemaVersion!);
    }

    [BuildTestMethod]
    public async Task A_comment_is_checked_but_the_code_stays_and_spares_the_compiler()
    {
        var project = await BuiltAsync();
        var code = project.Find("PgRoll.SchemaVersion.g.cs")!;
        File.SetLastWriteTimeUtc(code, LongAgo);
        project.Write("migrations/02_email.yaml", "# not null later\n" + TestProject.AddEmail);

        Assert.IsFalse((await project.GenerateAsync()).AssertSucceeded().SkippedCheck);
        Assert.AreEqual(LongAgo, File.GetLastWriteTimeUtc(code));
    }

    [BuildTestMethod]
    public async Task Whatever_changed_is_noticed_though_a_file_is_old()
    {
        var project = await BuiltAsync();
        foreach (var (what, change, version) in new (string, Action, string)[]
        {
            ("renamed", () => File.Move(project.PathOf("migrations/02_email.yaml"), project.PathOf("migrations/02_mail.yaml")), "public_02_mail"),
            ("replaced by an older file", () => WriteOld(project, "migrations/02_mail.yaml", "version_schema: mail\n" + TestProject.AddEmail), "public_mail"),
            ("added", () => WriteOld(project, "migrations/03_phone.yaml", TestProject.AddEmail.Replace("email", "phone")), "public_03_phone"),
            ("the constant deleted", () => File.Delete(project.Find("PgRoll.SchemaVersion.g.cs")!), "public_03_phone"),
            ("deleted", () => File.Delete(project.PathOf("migrations/03_phone.yaml")), "public_mail"),
        })
        {
            change();
            Assert.IsFalse((await project.GenerateAsync()).AssertSucceeded().SkippedCheck, what);
            Assert.Contains($"Current = \"{version}\"", project.SchemaVersion!, what);
        }
        Assert.IsTrue((await project.GenerateAsync()).AssertSucceeded().SkippedCheck);
    }

    [BuildTestMethod, LongRun]
    public async Task A_changed_property_is_noticed()
    {
        var project = await BuiltAsync();
        foreach (var (option, code) in new[]
        {
            ("PgRollBaseSchema=shop", "\"shop_02_email\""),
            ("PgRollSchemaVersionClass=Db", "internal static partial class Db"),
            ("PgRollSchemaVersionNamespace=Shop.Data", "namespace Shop.Data"),
            ("RootNamespace=Other", "namespace Other"),
            ("PgRollSchemaVersionAccessibility=public", "public static partial class SchemaVersion"),
            ("Nullable=enable", "string? Previous"),
        })
        {
            Assert.DoesNotContain(code, project.SchemaVersion!);
            Assert.IsFalse((await project.GenerateAsync("-p:" + option)).AssertSucceeded().SkippedCheck);
            Assert.Contains(code, project.SchemaVersion!);
        }
    }

    static async Task<TestProject> BuiltAsync()
    {
        var project = await TestProject.WithTargetsAsync();
        Assert.IsFalse((await project.GenerateAsync()).AssertSucceeded().SkippedCheck);
        return project;
    }

    static void WriteOld(TestProject project, string file, string text)
    {
        project.Write(file, text);
        File.SetLastWriteTimeUtc(project.PathOf(file), LongAgo);
    }
}
