using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine.Verification;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Verification;

/// <summary>
/// Migrations that are right. With rows as their authors would have them nothing is an error; what is told of rows that are made up is
/// reviewed, in <c>verify.verified.txt</c> beside the case.
/// </summary>
[TestClass]
public sealed class CaseVerificationTests
{
    /// <summary>A few; in a long run all.</summary>
    public static IEnumerable<object[]> Cases =>
        from name in Case.Names
        where TestDatabase.IsUsual(name, 0, 60)
        select new object[] { name };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public async Task Nothing_is_an_error_with_its_own_rows(string name)
    {
        var @case = Case.Load(name);
        if (@case.Seed.Length > 0)
            Assert.AreEqual("", await VerifyAsync(@case, Severity.Error, options => options with { Data = @case.Seed }));
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public async Task What_is_told_of_rows_that_are_made_up_is_known(string name)
    {
        var @case = Case.Load(name);
        var told = await VerifyAsync(@case, Severity.Warning, static options => options);
        var path = Path.Combine(@case.Folder, "verify.verified.txt");
        if (told.Length > 0 || File.Exists(path))
            Golden.AssertMatches(told, path);
    }

    static async Task<string> VerifyAsync(Case @case, Severity least, Func<VerifierOptions, VerifierOptions> change)
    {
        var verification = await Verified.Async(@case.Files, options => change(options) with { Migrations = new HashSet<string> { @case.Change.Name } }, Math.Max(@case.Since, TestDatabase.SupportedMajors[^1]));
        return Verified.Told(verification.Findings.Where(f => f.Severity >= least));
    }
}
