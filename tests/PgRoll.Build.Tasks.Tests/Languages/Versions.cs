using System.Reflection;
using Microsoft.CodeAnalysis;

namespace PgRoll.Build.Tasks.Tests.Languages;

/// <summary>Versions to be written in each language.</summary>
static class Versions
{
    static readonly string Checksum = new('0', 64);

    static readonly string[] Names =
    [
        """We"ird\Näme {0} {{x}}""",
        "line\nbreak\r\u0085\u2028\u2029\0\t*/ // </summary> “quoted”",
        "emoji 🐘 \u200d \ufeff and \ud83d alone",
    ];

    public static SchemaVersion First { get; } = new("shop", [("01_users", "01_users")], Checksum) { ClassName = "Db", IsPublic = true };

    public static SchemaVersion Second { get; } = new("public", [("01_users", "01_users"), ("02_email", "email")], Checksum) { Namespace = "Shop.Data" };

    public static SchemaVersion Hostile { get; } = new(Names[0], [.. Names.Select(name => (name, name + "!"))], Checksum)
    {
        Namespace = "1st.my-app.class.Größe. @new..𝒳",
        ClassName = "Schema Version",
        IsPublic = true,
    };

    public static IEnumerable<MetadataReference> Runtime { get; } =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.VisualBasic", StringComparison.Ordinal)))
            .Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>Whoever compiles lets no warning pass.</summary>
    public static Assembly Load(Compilation compilation)
    {
        using var assembly = new MemoryStream();
        Assert.AreEqual("", string.Join('\n', compilation.Emit(assembly).Diagnostics) + "");
        return Assembly.Load(assembly.ToArray());
    }

    public static void AssertSaysHostile(Assembly assembly, string typeName)
    {
        var type = assembly.GetExportedTypes().Single(type => type.Name != First.ClassName);
        string? Value(string constant) => (string?)type.GetField(constant)!.GetRawConstantValue();

        Assert.AreEqual(typeName, type.FullName);
        Assert.AreEqual($"{Names[0]}_{Names[2]}!", Value("Current"));
        Assert.AreEqual($"{Names[0]}_{Names[1]}!", Value("Previous"));
        Assert.AreEqual(Names[0], Value("BaseSchema"));
        Assert.AreEqual(Names[2], Value("Migration"));
        Assert.AreEqual(Names[2] + "!", Value("Version"));
        Assert.AreEqual(Checksum, Value("Checksum"));
        CollectionAssert.AreEqual(Names, ((IReadOnlyList<string>)type.GetProperty("Migrations")!.GetValue(null)!).ToArray());
    }
}
