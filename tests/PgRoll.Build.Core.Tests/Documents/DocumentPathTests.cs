using PgRoll.Build.Documents;

namespace PgRoll.Build.Tests.Documents;

[TestClass]
public class DocumentPathTests
{
    [TestMethod]
    [DataRow("plain", "up.plain")]
    [DataRow("We\"ird Näme", "up.We\"ird Näme")]
    [DataRow("we.ird", "up[\"we.ird\"]")]
    [DataRow("a[0]", "up[\"a[0]\"]")]
    [DataRow("[\"\\.", "up[\"[\\\"\\\\.\"]")]
    [DataRow("", "up[\"\"]")]
    public void A_hostile_key_survives_the_path(string key, string path)
    {
        Assert.AreEqual(path, DocumentPath.Join("up", key));
        Assert.AreEqual($"up/{key}/x/7", string.Join("/", DocumentPath.Steps(DocumentPath.Join(DocumentPath.Join(path, "x"), 7)).Select(Show)));
        CollectionAssert.AreEqual(new[] { key }, DocumentPath.Steps(DocumentPath.Join("", key)).Select(Show).ToArray());
    }

    [TestMethod]
    [DataRow("a[", "a/-1")]
    [DataRow("a[x]", "a/-1")]
    [DataRow("a[-1]", "a/-1")]
    [DataRow("a[\"b", "a/b")]
    [DataRow("a..b.", "a/b")]
    public void A_path_nobody_made_leads_nowhere_but_does_not_fail(string path, string steps) =>
        Assert.AreEqual(steps, string.Join("/", DocumentPath.Steps(path).Select(Show)));

    [TestMethod]
    public void Keys_with_dots_are_found_in_a_document()
    {
        var document = Reading.Valid("up: { we.ird: x, we: { ird: y } }");
        Assert.AreEqual(15, document.Locate("up[\"we.ird\"]").Column);
        Assert.AreEqual(29, document.Locate("up.we.ird").Column);
    }

    static string Show(PathStep step) => step.Key ?? step.Index.ToString();
}
