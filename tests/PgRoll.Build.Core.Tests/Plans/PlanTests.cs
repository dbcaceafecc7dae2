using PgRoll.Build.Plans;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Core.Tests.Plans;

[TestClass]
public sealed class PlanTests
{
    public static IEnumerable<object[]> Cases => Case.Rows;

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Plan_of_a_case_is_the_reviewed_one(string name)
    {
        var set = Load(Case.Load(name));
        var entry = set.History[^1];
        var previous = set.History.Count > 1 ? set.History[^2].Migration.VersionSchema("public") : null;

        var plan = Planner.Plan(new([entry.Migration], entry.Before, entry.After, entry.Migration.VersionSchema("public"), previous, new ServerFacts(15)));

        Golden.AssertMatches(PlanScript.Write(plan), Path.Combine(Case.Load(name).Folder, "plan.verified.sql"));
    }

    [TestMethod]
    public void A_version_that_shows_xmin_has_it_as_the_last_column_of_each_view()
    {
        var set = Load(Case.Load("several/split"));
        var entry = set.History[^1];

        var plan = Planner.Plan(new([entry.Migration], entry.Before, entry.After, "public_02_change", "public_01", new ServerFacts(15)) { ExposesXmin = true });

        Golden.AssertMatches(PlanScript.Write(plan), "xmin.verified.sql");
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Migrations_of_a_case_have_no_errors(string name)
    {
        var set = Load(Case.Load(name));

        Assert.IsFalse(set.HasErrors, string.Join('\n', set.Diagnostics));
    }

    static MigrationSet Load(Case @case) => MigrationSet.Check(@case.Files, Model.Schema.Empty("public"));
}
