using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine.Verification;

namespace PgRoll.Build.Engine.Tests.Verification;

[TestClass]
public sealed class VerifierTests
{
    const string Customers =
        """
        operations:
          - create_table:
              name: customers
              columns:
                - { name: id, type: bigint, pk: true, generated: { identity: {} } }
                - { name: email, type: text }
                - { name: name, type: text, nullable: true }
                - { name: credit, type: int, default: "0" }
        """;

    [TestMethod]
    public async Task A_migration_is_taken_all_the_way_and_told_of()
    {
        var verification = await Verified.Async(Verified.Files(Customers,
            """
            operations:
              - alter_column:
                  table: customers
                  column: credit
                  type: bigint
                  up: credit
                  down: greatest(least(credit, 2147483647), -2147483648)::int
            """), options => options with { Migrations = new HashSet<string> { "02_b" } });

        Assert.AreEqual("", string.Join('\n', verification.Findings));
        var rollout = verification.Rollouts.Single();
        Assert.AreEqual("02_b", rollout.Migrations.Single());
        Assert.AreEqual("integer", rollout.Before.Find("customers")!.Find("credit")!.Type.Canonical);
        Assert.AreEqual("bigint", rollout.After.Find("customers")!.Find("credit")!.Type.Canonical);
        Assert.AreEqual("start rollback complete", string.Join(' ', rollout.Phases.Select(p => p.Name).OrderByDescending(n => n)));
        Assert.AreEqual("public.customers ACCESS EXCLUSIVE True", string.Join(", ", rollout.Phases.Single(p => p.Name == "complete").Locks.Select(l => $"{l.Relation} {l.Mode} {l.IsAnnounced}")));
        Assert.IsTrue(rollout.Tables.Single() is { Table: "customers", Accepted: >= 10, Refused: 0 }, $"{rollout.Tables.Single()}");
    }
}
