using PgRoll.Build.Documents;

namespace PgRoll.Build.Tests.Documents;

[TestClass]
public class SuggestionTests
{
    [TestMethod]
    [DataRow("tabel", "table", DisplayName = "swapped letters")]
    [DataRow("tables", "table", DisplayName = "a letter too many")]
    [DataRow("colum", "column", DisplayName = "a letter missing")]
    [DataRow("COLUMN", "column", DisplayName = "other case")]
    [DataRow("on_complete", "onComplete", DisplayName = "other style")]
    [DataRow("dwn", "down")]
    [DataRow("x", null, DisplayName = "too short to tell")]
    [DataRow("comment", null, DisplayName = "nothing near")]
    [DataRow("", null)]
    public void The_nearest_name_is_suggested_if_it_is_near(string name, string? expected) =>
        Assert.AreEqual(expected, Suggestion.For(name, ["table", "column", "onComplete", "down"]));

    [TestMethod]
    public void Of_equally_near_names_the_first_wins() => Assert.AreEqual("uq", Suggestion.For("up", ["uq", "us"]));

    [TestMethod]
    public void A_name_of_a_megabyte_has_no_suggestion() => Assert.IsNull(Suggestion.For(new string('a', 1 << 20), ["a", new string('a', 1 << 20)]));
}
