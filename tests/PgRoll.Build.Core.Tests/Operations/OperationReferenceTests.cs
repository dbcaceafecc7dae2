using System.Text;
using PgRoll.Build.Documents;
using PgRoll.Build.Model;
using PgRoll.Build.Operations;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Core.Tests.Operations;

[TestClass]
public sealed class OperationReferenceTests
{
    const string Customers =
        """
        operations:
          - create_table:
              name: customers
              columns:
                - { name: id, type: int, pk: true }
                - { name: name, type: text, nullable: true }
                - { name: email, type: text, unique: true }
                - { name: orders, type: int, default: "0" }
              constraints: [{ name: customers_name_orders, type: unique, columns: [name, orders] }]
          - create_index: { name: customers_orders_idx, table: customers, columns: [{ column: orders }] }
        """;

    /// <summary>What stands in it is what the readers ask for: nobody has to keep it true.</summary>
    [TestMethod]
    public void The_reference_of_all_keys_is_what_is_read()
    {
        var text = new StringBuilder(
            """
            # What a migration file may say

            A mapping with `operations`, a list whose items each hold one of the operations below, and, if the version is to be called otherwise
            than the file, `version_schema`. Keys in **bold** must be there. A text is SQL where its name says so (`up`, `down`, `default`,
            `check`, `constraint`, `predicate`, `expression`, `type`). This page is made from the code that reads the files.

            While both versions are live, `up` says what the new version reads of what the old one wrote, and `down` what the old version reads
            of what the new one wrote. Both are expressions over the columns of a row, `up` over those before the operation, `down` over those
            after it.

            What is not said: `nullable` is false in `create_table` and `add_column`, where a column is NOT NULL unless it says `nullable: true`;
            in `alter_column` it stays as it is, like all that is absent there. Any other flag is false.

            """);
        foreach (var name in OperationCatalog.Names.Order(StringComparer.Ordinal))
        {
            var guide = OperationCatalog.All[name].Guide;
            text.Append($"\n## {name}\n\n{guide.Purpose}\n\n```yaml\n{Example(name)}\n```\n\n");
            Append(text, name, OperationCatalog.Describe(name), "");
        }
        Golden.AssertMatches(text.ToString(), "../../../OPERATIONS.md");
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void An_example_is_right(string name)
    {
        var before = MigrationSet.Check([new("01_customers.yaml", Customers)], Schema.Empty("public"));
        Assert.IsEmpty(before.Diagnostics);

        var found = MigrationSet.Check([new("02_example.yaml", $"operations:\n{Example(name)}\n")], before.History[^1].After.Settled());

        Assert.IsEmpty(found.Diagnostics, string.Join('\n', found.Diagnostics));
        Assert.AreEqual(name, found.History[0].Migration.Operations.Single().Name);
    }

    static IEnumerable<string> Names => OperationCatalog.Names;

    static string Example(string name) =>
        $"  - {name}:\n{string.Join('\n', OperationCatalog.All[name].Guide.Example.Split('\n').Select(line => $"      {line}"))}";

    static void Append(StringBuilder text, string owner, IEnumerable<FieldDescription> fields, string indentation)
    {
        foreach (var field in fields)
        {
            var path = $"{owner}.{field.Name}";
            text.Append($"{indentation}- {(field.IsRequired ? $"**`{field.Name}`**" : $"`{field.Name}`")} ({What(field)}): {FieldGuides.Of(path).Purpose}\n");
            Append(text, path, field.Fields, indentation + "  ");
        }
    }

    static string What(FieldDescription field) => field.Kind switch
    {
        FieldKind.Flag => "true or false",
        FieldKind.TextList => "list of texts",
        FieldKind.TextMap => "text by column",
        FieldKind.Mapping => "mapping",
        FieldKind.MappingList => "list of mappings",
        _ => field.Words.Count > 0 ? string.Join(", ", field.Words) : "text",
    };
}
