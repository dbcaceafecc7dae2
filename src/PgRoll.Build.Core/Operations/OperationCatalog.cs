using PgRoll.Build.Documents;

namespace PgRoll.Build.Operations;

/// <summary>Every operation, by its key in a migration file.</summary>
static class OperationCatalog
{
    public static IReadOnlyDictionary<string, Func<FieldReader, Operation>> All { get; } = new Dictionary<string, Func<FieldReader, Operation>>
    {
        ["add_column"] = AddColumn.Read,
        ["alter_column"] = AlterColumn.Read,
        ["create_index"] = CreateIndex.Read,
        ["create_table"] = CreateTable.Read,
        ["drop_column"] = DropColumn.Read,
        ["drop_index"] = DropIndex.Read,
        ["drop_table"] = DropTable.Read,
        ["rename_column"] = RenameColumn.Read,
        ["rename_table"] = RenameTable.Read,
        ["sql"] = RawSqlOperation.Read,
    };

    public static IReadOnlyCollection<string> Names { get; } = [.. All.Keys];
}
