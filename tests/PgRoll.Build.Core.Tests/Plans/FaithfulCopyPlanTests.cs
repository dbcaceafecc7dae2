using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Plans;
using PgRoll.Build.SqlText;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Core.Tests.Plans;

/// <summary>What a column can carry that no migration gives it, in the plan that copies it.</summary>
[TestClass]
public sealed class FaithfulCopyPlanTests
{
    static readonly IndexProperties Marked = new() { Comment = "behind it", IsClustered = true, Extensions = ["pg_trgm"] };

    static readonly Schema Before = Schema.Empty("public") with
    {
        Defaults = new() { Sequences = [new("app", "USAGE"), new(null, "USAGE")] },
        Tables =
        [
            new("t")
            {
                Columns =
                [
                    new("id", SqlType.FromCatalog("integer"))
                    {
                        IsNullable = false,
                        NotNull = new("t_id_not_null"),
                        Identity = new(Always: true, SqlClause.FromCatalog("START WITH 5"))
                        {
                            Sequence = "t_id_seq",
                            SequenceType = SqlType.FromCatalog("bigint"),
                            SequenceComment = "counts",
                            SequenceGrants = [new("app", "USAGE"), new("lead", "SELECT", WithGrantOption: true)],
                        },
                    },
                    new("d", SqlType.FromCatalog("text"))
                    {
                        IsNullable = false,
                        NotNull = new("d is needed") { Comment = "always", IsValid = false, NoInherit = true },
                        Collation = SqlClause.FromCatalog("pg_catalog.\"C\""),
                        OtherSequences = ["more"],
                        Settings = new() { StatisticsTarget = 50, Storage = "EXTERNAL", Compression = "pglz", Options = SqlClause.FromCatalog("n_distinct='5'") },
                    },
                ],
                Constraints =
                [
                    new UniqueConstraint("t_pkey") { Columns = ["id"], IsPrimaryKey = true, Comment = "the key", IndexProperties = Marked with { IsClustered = false } },
                    new CheckConstraint("later", SqlExpression.FromCatalog("(d <> ''::text)")) { Columns = ["d"], IsValid = false, Comment = "some day" },
                    new CheckConstraint("never", SqlExpression.FromCatalog("(d <> 'x'::text)")) { Columns = ["d"], IsValid = false, IsEnforced = false },
                    new ForeignKey("far", "u", ["d"]) { Columns = ["d"], ReferencedSchema = "other", IsValid = false },
                ],
                Indexes =
                [
                    new("expressed", IsUnique: false, SqlClause.FromCatalog("btree (d, lower(d))")) { Columns = ["d"], Properties = Marked with { Statistics = [new(2, 70)] } },
                ],
                Statistics =
                [
                    new("known", SqlClause.FromCatalog("id, lower(d)")) { Columns = ["d", "id"], Kinds = SqlClause.FromCatalog("(mcv)"), Target = 9, Comment = "together", Owner = "app", Schema = "other" },
                ],
                Grants = [new("app", "SELECT", Column: "d"), new(null, "UPDATE", WithGrantOption: false, Column: "d")],
            },
        ],
    };

    [TestMethod]
    [DataRow(15)]
    [DataRow(18)]
    public void Everything_a_column_carries_is_in_the_plan_of_its_copy(int major)
    {
        var set = MigrationSet.Check(
            [
                new MigrationFile("02_change.yaml",
                    """
                    operations:
                      - alter_column: { table: t, column: id, type: bigint, up: id, down: id }
                      - alter_column: { table: t, column: d, type: citext, up: d, down: d }
                    """),
            ], Before);
        Assert.IsFalse(set.HasErrors, string.Join('\n', set.Diagnostics));
        var facts = new ServerFacts(major) { Types = new Dictionary<string, TypeFacts> { ["citext"] = new(HasCollation: true, HasStorageChoice: true) } };

        var plan = Planner.Plan(new([set.History[^1].Migration], Before, set.History[^1].After, "public_02_change", "public_01", facts));

        Golden.AssertMatches(PlanScript.Write(plan), $"faithful_copy_{major}.verified.sql");
    }

    [TestMethod]
    public void A_type_without_the_choice_gets_neither_storage_nor_collation()
    {
        var set = MigrationSet.Check([new MigrationFile("02_change.yaml", "operations: [alter_column: { table: t, column: d, type: mood, up: d, down: d }]")], Before);
        var facts = new ServerFacts(15) { Types = new Dictionary<string, TypeFacts> { ["mood"] = new(HasCollation: false, HasStorageChoice: false) } };

        var script = PlanScript.Write(Planner.Plan(new([set.History[^1].Migration], Before, set.History[^1].After, "public_02_change", "public_01", facts)));

        Assert.Contains("ADD COLUMN \"_pgroll_new_d\" mood;", script);
        Assert.Contains("ALTER COLUMN \"_pgroll_new_d\" SET STATISTICS 50, ALTER COLUMN \"_pgroll_new_d\" SET (n_distinct='5');", script);
    }
}
