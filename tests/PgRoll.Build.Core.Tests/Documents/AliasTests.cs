using PgRoll.Build.Documents;

namespace PgRoll.Build.Tests.Documents;

[TestClass]
public class AliasTests
{
    [TestMethod]
    public void An_alias_stands_for_its_anchor_and_is_found_where_it_stands()
    {
        var document = Reading.Valid("a: &id\n  name: id\n  type: &t int\nb: *id\nc: [*t]\n*t : d");
        Assert.AreEqual("id", ((ScalarNode)((MappingNode)document.Root.Find("b")!.Value).Find("name")!.Value).Text);
        Assert.AreEqual("d", ((ScalarNode)document.Root.Find("int")!.Value).Text);
        Assert.AreEqual((4, 1), (document.Locate("b").Line, document.Locate("b").Column));
        Assert.AreEqual((2, 9), (document.Locate("b.name").Line, document.Locate("b.name").Column));
        Assert.AreEqual((5, 5), (document.Locate("c[0]").Line, document.Locate("c[0]").Column));
    }

    [TestMethod]
    public void The_latest_anchor_of_a_name_counts() =>
        Assert.AreEqual("2", ((ScalarNode)Reading.Valid("a: &x 1\nb: &x 2\nc: *x").Root.Find("c")!.Value).Text);

    [TestMethod]
    public void Merge_keys_bring_in_the_entries_of_mappings()
    {
        var root = Reading.Valid("a: &x { b: 1 }\nc: &y { d: 2 }\ne: { <<: [*x, *y, { f: 3 }], g: 4 }\nh: { '<<': 5 }").Root;
        Assert.AreEqual("b d f g", string.Join(" ", ((MappingNode)root.Find("e")!.Value).Entries.Select(static e => e.Key.Text)));
        Assert.IsNotNull(((MappingNode)root.Find("h")!.Value).Find("<<"));
    }

    [TestMethod]
    [DataRow("a: &x { b: 1 }\nc: { <<: *x, b: 2 }", 2, 14, "'b' is already set in line 2")]
    [DataRow("a: &x { b: 1 }\nc:\n  b: 2\n  <<: *x", 4, 3, "'b' is already set in line 3")]
    [DataRow("a: { <<: 5 }", 1, 10, "merges mappings")]
    [DataRow("a: { <<: [5] }", 1, 11, "merges mappings")]
    public void A_merge_must_not_set_a_key_again(string text, int line, int column, string reason)
    {
        var finding = Reading.Finding(text);
        StringAssert.StartsWith(finding, $"m.yaml({line},{column}): error PGR0101");
        StringAssert.Contains(finding, reason);
    }
}
