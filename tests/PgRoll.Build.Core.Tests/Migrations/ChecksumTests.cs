using PgRoll.Build.Migrations;
using PgRoll.Build.Model;

namespace PgRoll.Build.Core.Tests.Migrations;

[TestClass]
public sealed class ChecksumTests
{
    const string Text =
        """
        operations:
          - add_column:
              table: users
              column: {name: email, type: text, nullable: true}
              up: "'a\"b'"
        """;

    [TestMethod]
    [DataRow("01.yaml", "# why\noperations:\n- add_column:\n    up: '''a\"b'''\n    column:\n      type: text # not citext\n      nullable: yes\n\n      name: \"email\"\n    table: users\n", DisplayName = "layout, comments, order of keys")]
    [DataRow("01.json", """{"operations":[{"add_column":{"up":"'a\u0022b'","table":"users","column":{"nullable":true,"type":"text","name":"email"}}}]}""", DisplayName = "JSON")]
    [DataRow("01.yaml", "name: 01\n" + Text, DisplayName = "a key without effect")]
    [DataRow("02.yaml", Text, DisplayName = "the name")]
    public void What_says_the_same_has_the_same_checksum(string file, string text) =>
        Assert.AreEqual(Checksum.Of(Read("01.yaml", Text)), Checksum.Of(Read(file, text)));

    [TestMethod]
    [DataRow("users", "Users")]
    [DataRow("nullable: true", "nullable: false")]
    [DataRow("nullable: true", "nullable: 'true'")]
    [DataRow(", nullable: true", "")]
    [DataRow("operations:", "version_schema: x\noperations:")]
    public void What_says_something_else_has_another_checksum(string old, string changed) =>
        Assert.AreNotEqual(Checksum.Of(Read("01.yaml", Text)), Checksum.Of(Read("01.yaml", Text.Replace(old, changed))));

    [TestMethod]
    public void Texts_that_look_like_structure_stay_texts() => Assert.AreNotEqual(
        Checksum.Of(Read("01.yaml", "operations: [{sql: {up: a, down: b}}]")),
        Checksum.Of(Read("01.yaml", """operations: [{sql: {up: 'a","down":"b'}}]""")));

    [TestMethod]
    public void The_order_of_a_list_counts() => Assert.AreNotEqual(
        Checksum.Of(Read("01.yaml", "operations: [{drop_table: {name: a}}, {drop_table: {name: b}}]")),
        Checksum.Of(Read("01.yaml", "operations: [{drop_table: {name: b}}, {drop_table: {name: a}}]")));

    [TestMethod]
    public void Of_several_migrations_names_and_order_count()
    {
        Migration[] migrations = [Read("01.yaml", Text), Read("02.yaml", Text.Replace("email", "phone"))];
        string[] checksums =
        [
            Checksum.Of(migrations),
            Checksum.Of([]),
            Checksum.Of([migrations[0]]),
            Checksum.Of([migrations[1], migrations[0]]),
            Checksum.Of([migrations[0], migrations[1] with { Name = "03" }]),
        ];
        CollectionAssert.AllItemsAreUnique(checksums);
        Assert.AreEqual(checksums[0], Checksum.Of([Read("01.yaml", "# comment\n" + Text), migrations[1]]));
    }

    static Migration Read(string file, string text) => MigrationSet.Check([new(file, text)], Schema.Empty("public")).Migrations.Single();
}
