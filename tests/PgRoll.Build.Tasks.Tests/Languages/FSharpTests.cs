using PgRoll.Build.Testing;

namespace PgRoll.Build.Tasks.Tests.Languages;

/// <summary>That it compiles is shown by a real build: <see cref="LanguagePackageTests"/>.</summary>
[TestClass]
public sealed class FSharpTests
{
    static readonly Tasks.Languages.FSharp Language = new();

    [TestMethod]
    public void It_is_written_for_people() => Golden.AssertMatches(Language.Write([Versions.Second, Versions.First], isNullable: false), "FSharp.verified.txt");

    [TestMethod]
    [DataRow("module", "``module``")]
    [DataRow("process", "``process``")]
    [DataRow("my-app", "my_app")]
    public void A_name_becomes_an_identifier(string name, string identifier) => Assert.AreEqual(identifier, Language.Identifier(name));
}
