using System.Text.Json.Nodes;
using PgRoll.Build.Documents;
using PgRoll.Build.Migrations;
using PgRoll.Build.Operations;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Core.Tests.Operations;

[TestClass]
public sealed class MigrationSchemaTests
{
    const string Path = "../../../src/PgRoll.Build.Core/migration.schema.json";

    static readonly int Slips = LongRun.IsOn ? 200_000 : 6_000;

    [TestMethod]
    public void It_is_made_of_what_the_readers_ask_for() => Golden.AssertMatches(MigrationSchema.Write(), Path);

    [TestMethod]
    public void Nothing_is_explained_that_no_reader_asks_for()
    {
        HashSet<string> paths = [.. Paths("migration", MigrationReader.Describe()), .. OperationCatalog.Names.SelectMany(name => Paths(name, OperationCatalog.Describe(name)))];
        HashSet<string> used = [.. paths.Select(path => FieldGuides.All.Keys.Where(key => path == key || path.EndsWith($".{key}", StringComparison.Ordinal)).MaxBy(key => key.Length)!)];

        Assert.IsEmpty(FieldGuides.All.Keys.Except(used));
    }

    [TestMethod]
    public void Files_of_others_and_of_ours_are_what_it_says_they_are()
    {
        var accepted = Accepted(Files().Select(SchemaVerdicts.Json).OfType<JsonNode>());

        Assert.IsGreaterThan(300, accepted);
    }

    [TestMethod]
    public void Every_example_is_right() => Assert.AreEqual(OperationCatalog.Names.Count, Accepted(Examples()));

    [TestMethod]
    public void What_one_of_them_refuses_after_a_slip_the_other_refuses()
    {
        var random = new Random(7);
        var mutations = new Mutations(random);
        JsonNode[] files = [.. Files().Select(SchemaVerdicts.Json).OfType<JsonNode>().Where(file => file.ToJsonString().Length < 4_000), .. Examples(), .. Whole(), .. Whole(), .. Whole()];
        string[] keys = [.. OperationCatalog.Names, .. OperationCatalog.Names.SelectMany(name => Keys(OperationCatalog.Describe(name))).Distinct()];

        var accepted = Accepted(Enumerable.Range(0, Slips).Select(i => mutations.Of(files[i % files.Length], keys)));

        Assert.IsTrue(accepted > Slips / 20 && accepted < Slips / 2, $"Of {Slips} slips, {accepted} do no harm.");
    }

    /// <summary>How many files are right; that the two agree about each of them.</summary>
    static int Accepted(IEnumerable<JsonNode> files)
    {
        var all = files.Select(SchemaVerdicts.Of).ToList();
        var wrong = all.Where(verdict => verdict.IsValid != verdict.IsRead).ToList();
        Assert.IsEmpty(wrong, $"{wrong.Count} of {all.Count}:\n{string.Join("\n\n", wrong.OrderBy(w => w.Text.Length).Take(10).Select(w => w.Text))}");
        return all.Count(verdict => verdict.IsValid);
    }

    static IEnumerable<MigrationFile> Files() =>
        from root in new[] { Repository.Combine("tests", "Corpus"), Repository.Combine("tests", "Cases"), Repository.Combine("samples") }
        from path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
        where MigrationFile.IsMigration(path) && !path.Contains($"{System.IO.Path.DirectorySeparatorChar}obj{System.IO.Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        select MigrationFile.Read(path);

    static IEnumerable<JsonNode> Examples() => OperationCatalog.Names.Select(name => (JsonNode)new JsonObject
    {
        ["operations"] = new JsonArray(new JsonObject { [name] = JsonNode.Parse(MigrationSchema.Write())!["definitions"]![name]!["examples"]![0]!.DeepClone() }),
    });

    /// <summary>Each operation with all that it may say.</summary>
    static IEnumerable<JsonNode> Whole() => OperationCatalog.Names.Select(name => (JsonNode)new JsonObject
    {
        ["operations"] = new JsonArray(new JsonObject { [name] = Whole(OperationCatalog.Describe(name)) }),
    });

    static JsonObject Whole(IReadOnlyList<FieldDescription> fields) => new(fields.Select(field => KeyValuePair.Create(field.Name, Whole(field))));

    static JsonNode? Whole(FieldDescription field) => field.Kind switch
    {
        FieldKind.Flag => false,
        FieldKind.TextList => new JsonArray("id"),
        FieldKind.TextMap => new JsonObject { ["id"] = "id" },
        FieldKind.Mapping => Whole(field.Fields),
        FieldKind.MappingList => new JsonArray(Whole(field.Fields)),
        _ => field.Words.FirstOrDefault() ?? "id",
    };

    static IEnumerable<string> Keys(IEnumerable<FieldDescription> fields) => fields.SelectMany(field => Keys(field.Fields).Prepend(field.Name));

    static IEnumerable<string> Paths(string owner, IEnumerable<FieldDescription> fields) =>
        fields.SelectMany(field => Paths($"{owner}.{field.Name}", field.Fields).Prepend($"{owner}.{field.Name}"));
}
