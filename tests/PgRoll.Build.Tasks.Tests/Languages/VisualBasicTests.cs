using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.VisualBasic;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Tasks.Tests.Languages;

[TestClass]
public sealed class VisualBasicTests
{
    static readonly Tasks.Languages.VisualBasic Language = new();

    [TestMethod]
    public void It_is_written_for_people() => Golden.AssertMatches(Language.Write([Versions.Second, Versions.First], isNullable: false), "VisualBasic.verified.txt");

    [TestMethod]
    [DataRow(LanguageVersion.VisualBasic14)]
    [DataRow(LanguageVersion.Latest)]
    public void Whatever_the_names_it_compiles_and_says_them_under_any_root_namespace(LanguageVersion language)
    {
        var tree = VisualBasicSyntaxTree.ParseText(
            Language.Write([Versions.Hostile, Versions.First], isNullable: false), new(language, DocumentationMode.Diagnose));
        var options = new VisualBasicCompilationOptions(OutputKind.DynamicallyLinkedLibrary, rootNamespace: "Root", optionStrict: OptionStrict.On);
        Versions.AssertSaysHostile(
            Versions.Load(VisualBasicCompilation.Create(Guid.NewGuid().ToString(), [tree], Versions.Runtime, options)),
            "_1st.my_app.class.Größe.new.__.Schema_Version");
    }

    [TestMethod]
    public void All_reserved_words_are_known()
    {
        // `R` is one in scripts alone.
        foreach (var word in SyntaxFacts.GetReservedKeywordKinds().Where(kind => kind != SyntaxKind.ReferenceKeyword).Select(SyntaxFacts.GetText))
            Assert.AreEqual($"[{word}]", Language.Identifier(word));
    }
}
