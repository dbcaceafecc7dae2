using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Tasks.Tests;

[TestClass]
public sealed class SchemaVersionSourceTests
{
    static readonly string Checksum = new('0', 64);

    [TestMethod]
    public void It_is_written_for_people() => Golden.AssertMatches(
        new SchemaVersionSource("public", [("01_users", "01_users"), ("02_email", "email")], Checksum)
        {
            Namespace = "Shop.Data",
            IsNullable = true,
        }.ToString(),
        "SchemaVersion.verified.txt");

    [TestMethod]
    public void It_may_be_public_stand_in_no_namespace_and_have_no_version_before_it() => Golden.AssertMatches(
        new SchemaVersionSource("shop", [("01_users", "01_users")], Checksum) { ClassName = "Db", IsPublic = true }.ToString(),
        "PublicSchemaVersion.verified.txt");

    [TestMethod]
    [DataRow(LanguageVersion.CSharp6, false)]
    [DataRow(LanguageVersion.CSharp8, true)]
    [DataRow(LanguageVersion.Latest, true)]
    public void Whatever_the_names_it_compiles_and_says_them(LanguageVersion language, bool isNullable)
    {
        string[] names =
        [
            """We"ird\Näme {0} {{x}}""",
            "line\nbreak\r\u0085\u2028\u2029\0\t*/ // </summary>",
            "emoji 🐘 \u200d \ufeff and \ud83d alone",
        ];
        var source = new SchemaVersionSource(names[0], [.. names.Select(name => (name, name + "!"))], Checksum)
        {
            Namespace = "1st.my-app.class.Größe. @new..𝒳",
            ClassName = "Schema Version",
            IsPublic = true,
            IsNullable = isNullable,
        };

        var type = Compile(source.ToString(), language).GetExportedTypes().Single();

        Assert.AreEqual("_1st.my_app.class.Größe.new.__.Schema_Version", type.FullName);
        Assert.AreEqual($"{names[0]}_{names[2]}!", Value(type, "Current"));
        Assert.AreEqual($"{names[0]}_{names[1]}!", Value(type, "Previous"));
        Assert.AreEqual(names[0], Value(type, "BaseSchema"));
        Assert.AreEqual(names[2], Value(type, "Migration"));
        Assert.AreEqual(names[2] + "!", Value(type, "Version"));
        Assert.AreEqual(Checksum, Value(type, "Checksum"));
        CollectionAssert.AreEqual(names, ((IReadOnlyList<string>)type.GetProperty("Migrations")!.GetValue(null)!).ToArray());
    }

    [TestMethod]
    [DataRow("Shop", "Shop")]
    [DataRow("my-app", "my_app")]
    [DataRow("42", "_42")]
    [DataRow("", "_")]
    [DataRow(" ", "_")]
    [DataRow("event", "@event")]
    [DataRow("@event", "@event")]
    [DataRow("record", "record")]
    public void A_name_becomes_an_identifier(string name, string identifier) => Assert.AreEqual(identifier, CSharp.Identifier(name));

    [TestMethod]
    public void All_reserved_words_are_known()
    {
        foreach (var word in SyntaxFacts.GetReservedKeywordKinds().Select(SyntaxFacts.GetText))
            Assert.AreEqual("@" + word, CSharp.Identifier(word));
    }

    static object? Value(Type type, string constant) => type.GetField(constant)!.GetRawConstantValue();

    /// <summary>Compiles strictly: as part of a project that documents everything and lets no warning pass.</summary>
    static Assembly Compile(string source, LanguageVersion language)
    {
        var tree = CSharpSyntaxTree.ParseText(source, new(language, DocumentationMode.Diagnose));
        var runtime = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(Guid.NewGuid().ToString(), [tree], runtime, new(OutputKind.DynamicallyLinkedLibrary));
        using var assembly = new MemoryStream();
        Assert.AreEqual("", string.Join('\n', compilation.Emit(assembly).Diagnostics) + "");
        return Assembly.Load(assembly.ToArray());
    }
}
