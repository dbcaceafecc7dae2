using PgRoll.Build.Model;

namespace PgRoll.Build.Core.Tests.Operations;

[TestClass]
public sealed class AddColumnTests
{
    /// <summary>Constraints with an index share one schema, and columns of one name are common.</summary>
    [TestMethod]
    public void A_unique_column_may_have_the_name_of_another_tables()
    {
        var set = MigrationSet.Check(
        [
            new("01_tables.yaml", "operations: [ { create_table: { name: a, columns: [{ name: id, type: int, pk: true }] } }, { create_table: { name: b, columns: [{ name: id, type: int, pk: true }] } } ]"),
            new("02_mail.yaml", "operations: [ { add_column: { table: a, column: { name: mail, type: text, nullable: true, unique: true } } } ]"),
            new("03_mail.yaml", "operations: [ { add_column: { table: b, column: { name: mail, type: text, nullable: true, unique: true } } } ]"),
        ], Schema.Empty("public"));

        Assert.IsEmpty(set.Diagnostics);
        Assert.AreEqual("mail", set.History[^1].After.Find("a")!.Constraints.OfType<UniqueConstraint>().Single(c => !c.IsPrimaryKey).Name);
        Assert.AreEqual("b_mail_key", set.History[^1].After.Find("b")!.Constraints.OfType<UniqueConstraint>().Single(c => !c.IsPrimaryKey).Name);
    }
}
