using PgRoll.Build.Documents;

namespace PgRoll.Build.Operations;

/// <summary>Every operation, by its key in a migration file.</summary>
static class OperationCatalog
{
    public static IReadOnlyDictionary<string, Func<FieldReader, Operation>> All { get; } = new Dictionary<string, Func<FieldReader, Operation>>
    {
        ["add_column"] = AddColumn.Read,
        ["alter_column"] = AlterColumn.Read,
        ["create_constraint"] = CreateConstraint.Read,
        ["create_index"] = CreateIndex.Read,
        ["create_table"] = CreateTable.Read,
        ["drop_column"] = DropColumn.Read,
        ["drop_constraint"] = DropConstraint.Read,
        ["drop_index"] = DropIndex.Read,
        ["drop_multicolumn_constraint"] = DropMulticolumnConstraint.Read,
        ["drop_table"] = DropTable.Read,
        ["rename_column"] = RenameColumn.Read,
        ["rename_constraint"] = RenameConstraint.Read,
        ["rename_table"] = RenameTable.Read,
        ["set_replica_identity"] = SetReplicaIdentity.Read,
        ["sql"] = RawSqlOperation.Read,
    };

    public static IReadOnlyCollection<string> Names { get; } = [.. All.Keys];

    /// <summary>The fields of an operation.</summary>
    public static IReadOnlyList<FieldDescription> Describe(string name) => FieldReader.Describe(All[name]);
}
