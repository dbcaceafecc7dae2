namespace PgRoll.Build.LocalPostgres.Tests;

[TestClass]
public sealed class LocalBinariesTests
{
    const UnixFileMode Executable = (UnixFileMode)0b111_101_101;

    [TestMethod]
    public async Task The_program_decides_the_version_not_the_name_of_its_folder()
    {
        using var folder = new TemporaryFolder();
        var named15 = Install(folder, "15", "pg_ctl (PostgreSQL) 16.1 (Debian)");

        var found = await FindAsync(16, named15);

        Assert.AreEqual(new LocalBinaries(named15, 16, "pg_ctl (PostgreSQL) 16.1 (Debian)"), found);
    }

    [TestMethod]
    public async Task Without_a_wish_the_newest_is_taken()
    {
        using var folder = new TemporaryFolder();

        var found = await FindAsync(null,
            Install(folder, "a", "pg_ctl (PostgreSQL) 9.6.1"), Install(folder, "b", "pg_ctl (PostgreSQL) 17beta1"), Install(folder, "c", "pg_ctl (PostgreSQL) 14.2"));

        Assert.AreEqual(17, found.Major);
    }

    [TestMethod]
    public async Task A_missing_major_is_refused_with_what_there_is()
    {
        using var folder = new TemporaryFolder();
        var installed = Install(folder, "15", "pg_ctl (PostgreSQL) 15.18");

        var problem = await Assert.ThrowsExactlyAsync<PostgresUnavailableException>(() => FindAsync(17, installed));

        Assert.AreEqual($"found 15 in {installed}, wanted 17.", problem.Message);
    }

    [TestMethod]
    public async Task A_program_that_cannot_run_is_no_server()
    {
        using var folder = new TemporaryFolder();
        var broken = Install(folder, "15", "pg_ctl (PostgreSQL) 15.18");
        File.SetUnixFileMode(Path.Combine(broken, "pg_ctl"), UnixFileMode.UserRead);

        await Assert.ThrowsExactlyAsync<PostgresUnavailableException>(() => FindAsync(15, broken));
    }

    [TestMethod]
    public void A_folder_closed_to_the_servers_user_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        var closed = Directory.CreateDirectory(folder.Combine("closed"), UnixFileMode.UserRead | UnixFileMode.UserExecute).FullName;
        var below = Path.Combine(closed, "bin");

        var problem = Assert.ThrowsExactly<PostgresUnavailableException>(() => ServerUser.RequireReachable(below, "nobody"));

        Assert.Contains($"'{below}' cannot be used by user 'nobody'", problem.Message);
        Assert.Contains($"'{closed}' is closed to others", problem.Message);
    }

    static Task<LocalBinaries> FindAsync(int? major, params string[] folders) => LocalBinaries.FindAsync(folders, major, CancellationToken.None);

    static string Install(TemporaryFolder folder, string name, string versionLine)
    {
        folder.Write($"{name}/initdb", "", Executable);
        folder.Write($"{name}/postgres", "", Executable);
        folder.Write($"{name}/pg_ctl", $"#!/bin/sh\necho '{versionLine}'\n", Executable);
        return folder.Combine(name);
    }
}
