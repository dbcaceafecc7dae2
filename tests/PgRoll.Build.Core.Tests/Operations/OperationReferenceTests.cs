using System.Text;
using PgRoll.Build.Documents;
using PgRoll.Build.Operations;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Core.Tests.Operations;

[TestClass]
public sealed class OperationReferenceTests
{
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

            """);
        foreach (var name in OperationCatalog.Names.Order(StringComparer.Ordinal))
        {
            text.Append($"\n## {name}\n\n");
            Append(text, OperationCatalog.Describe(name), "");
        }
        Golden.AssertMatches(text.ToString(), "../../../OPERATIONS.md");
    }

    static void Append(StringBuilder text, IEnumerable<FieldDescription> fields, string indentation)
    {
        foreach (var field in fields)
        {
            text.Append($"{indentation}- {(field.IsRequired ? $"**`{field.Name}`**" : $"`{field.Name}`")}: {What(field)}\n");
            Append(text, field.Fields, indentation + "  ");
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
