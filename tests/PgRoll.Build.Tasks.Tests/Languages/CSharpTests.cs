using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Tasks.Tests.Languages;

[TestClass]
public sealed class CSharpTests
{
    static readonly Tasks.Languages.CSharp Language = new();

    [TestMethod]
    public void It_is_written_for_people() => Golden.AssertMatches(Language.Write([Versions.Second], isNullable: true), "CSharp.verified.txt");

    [TestMethod]
    public void It_may_be_public_stand_in_no_namespace_and_have_no_version_before_it() =>
        Golden.AssertMatches(Language.Write([Versions.First], isNullable: false), "CSharpPublic.verified.txt");

    [TestMethod]
    [DataRow(LanguageVersion.CSharp6, false)]
    [DataRow(LanguageVersion.CSharp8, true)]
    [DataRow(LanguageVersion.Latest, true)]
    public void Whatever_the_names_it_compiles_and_says_them(LanguageVersion language, bool isNullable) =>
        Versions.AssertSaysHostile(Compile(Language.Write([Versions.Hostile, Versions.First], isNullable), language), "_1st.my_app.class.Größe.new.__.Schema_Version");

    [TestMethod]
    [DataRow("Shop", "Shop")]
    [DataRow("my-app", "my_app")]
    [DataRow("42", "_42")]
    [DataRow("", "_")]
    [DataRow(" ", "_")]
    [DataRow("event", "@event")]
    [DataRow("@event", "@event")]
    [DataRow("record", "record")]
    public void A_name_becomes_an_identifier(string name, string identifier) => Assert.AreEqual(identifier, Language.Identifier(name));

    [TestMethod]
    public void All_reserved_words_are_known()
    {
        foreach (var word in SyntaxFacts.GetReservedKeywordKinds().Select(SyntaxFacts.GetText))
            Assert.AreEqual("@" + word, Language.Identifier(word));
    }

    /// <summary>Compiles strictly: as part of a project that documents everything and lets no warning pass.</summary>
    static Assembly Compile(string source, LanguageVersion language)
    {
        var tree = CSharpSyntaxTree.ParseText(source, new(language, DocumentationMode.Diagnose));
        return Versions.Load(CSharpCompilation.Create(Guid.NewGuid().ToString(), [tree], Versions.Runtime, new(OutputKind.DynamicallyLinkedLibrary)));
    }
}
