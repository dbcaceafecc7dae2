using PgRoll.Build.Cli.Verifying;

namespace PgRoll.Build.Cli.Tests.Verifying;

[TestClass]
public sealed class VerifyScopeTests
{
    [TestMethod]
    public void All_migrations_of_a_folder_are_proved()
    {
        using var folder = Filled();
        Assert.AreEqual("01_users 02_name 03_people", Scope(folder, folder.Path));
    }

    [TestMethod]
    public void A_file_is_proved_alone_on_those_before_it()
    {
        using var folder = Filled();
        Assert.AreEqual("02_name", Scope(folder, folder["02_name.yaml"]));
    }

    [TestMethod]
    public async Task What_the_lock_notes_is_history_unless_it_is_named()
    {
        using var folder = Filled();
        await new Tool().DoAsync("lock", folder.Path, "--up-to", "02_name");

        Assert.AreEqual("03_people", Scope(folder, folder.Path));
        Assert.AreEqual("02_name 03_people", Scope(folder, folder.Path, since: "02_name"));
        Assert.AreEqual("03_people", Scope(folder, folder.Path, changed: "01_users.yaml"));
    }

    [TestMethod]
    public void Without_a_lock_those_that_changed_are_proved_where_somebody_knows_them()
    {
        using var folder = Filled();
        Assert.AreEqual("02_name", Scope(folder, folder.Path, changed: "02_name.yaml"));
        Assert.AreEqual("", Scope(folder, folder.Path, changed: "README.md"));
    }

    [TestMethod]
    public async Task Where_nothing_is_new_nothing_is_started()
    {
        using var folder = Filled();
        await new Tool().DoAsync("lock", folder.Path);

        var result = (await new Tool().RunAsync("verify", folder.Path, "--postgres-url", "postgres://ann@127.0.0.1:1/shop")).HasCode(0);

        Assert.AreEqual("0 migrations, no findings.", result.Out.TrimEnd());
        StringAssert.StartsWith(result.Error, "Nothing to verify: none of these migrations is new.");
    }

    static string Scope(MigrationFolder folder, string path, string? since = null, string? changed = null) => string.Join(' ', VerifyScope.Of(
        MigrationPath.ReadHistory(path), path, since, changed is null ? null : new HashSet<string> { folder[changed] }).Order(StringComparer.Ordinal));

    static MigrationFolder Filled() => new MigrationFolder()
        .With("01_users.yaml", MigrationFolder.CreateUsers).With("02_name.yaml", MigrationFolder.RequireName).With("03_people.yaml", MigrationFolder.RenameUsers);
}
