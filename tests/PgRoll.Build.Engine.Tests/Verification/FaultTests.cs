using PgRoll.Build.Diagnostics;
using PgRoll.Build.Model;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Verification;

/// <summary>Faults that no look at the files shows: each is found where it stands.</summary>
[TestClass]
public sealed class FaultTests
{
    /// <summary>A few of them; in a long run all, on each major.</summary>
    public static IEnumerable<object[]> Faults =>
        from fault in Fault.All
        where TestDatabase.IsUsual(fault.Name, 0, 16)
        from major in TestDatabase.MajorsFor(fault.Name, since: fault.Name.Contains("right", StringComparison.Ordinal) ? 15 : 14)
        select new object[] { fault.Name, major };

    [TestMethod]
    [DynamicData(nameof(Faults))]
    public async Task It_is_told_where_it_stands(string name, int major)
    {
        var fault = Fault.All.Single(f => f.Name == name);

        var verification = await Verified.Async(fault.Files, options => options with { Migrations = new HashSet<string> { fault.Files[^1].Name }, Setup = Fault.Setup }, major);

        StringAssert.Contains(string.Join('\n', verification.Findings.Select(f => $"{f.Location.File}({f.Location.Span.Line}) {f.Rule.Id}")), fault.Expected, string.Join('\n', verification.Findings));
    }

    [TestMethod]
    public void Offline_nothing_is_wrong_with_them() => Assert.AreEqual("", string.Join('\n',
        from fault in Fault.All
        from finding in MigrationSet.Check(fault.Files, Schema.Empty("public")).Diagnostics
        where finding.Severity == Severity.Error
        select $"{fault.Name}: {finding}"));
}
