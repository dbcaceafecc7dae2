using PgRoll.Build.Documents;

namespace PgRoll.Build.Operations;

/// <summary>Every operation, by its key in a migration file.</summary>
static class OperationCatalog
{
    public static IReadOnlyDictionary<string, OperationEntry> All { get; } = new Dictionary<string, OperationEntry>
    {
        ["add_column"] = new(AddColumn.Read, AddColumn.Guide),
        ["alter_column"] = new(AlterColumn.Read, AlterColumn.Guide),
        ["create_constraint"] = new(CreateConstraint.Read, CreateConstraint.Guide),
        ["create_index"] = new(CreateIndex.Read, CreateIndex.Guide),
        ["create_table"] = new(CreateTable.Read, CreateTable.Guide),
        ["drop_column"] = new(DropColumn.Read, DropColumn.Guide),
        ["drop_constraint"] = new(DropConstraint.Read, DropConstraint.Guide),
        ["drop_index"] = new(DropIndex.Read, DropIndex.Guide),
        ["drop_multicolumn_constraint"] = new(DropMulticolumnConstraint.Read, DropMulticolumnConstraint.Guide),
        ["drop_table"] = new(DropTable.Read, DropTable.Guide),
        ["rename_column"] = new(RenameColumn.Read, RenameColumn.Guide),
        ["rename_constraint"] = new(RenameConstraint.Read, RenameConstraint.Guide),
        ["rename_table"] = new(RenameTable.Read, RenameTable.Guide),
        ["set_replica_identity"] = new(SetReplicaIdentity.Read, SetReplicaIdentity.Guide),
        ["sql"] = new(RawSqlOperation.Read, RawSqlOperation.Guide),
    };

    public static IReadOnlyCollection<string> Names { get; } = [.. All.Keys];

    /// <summary>The fields of an operation.</summary>
    public static IReadOnlyList<FieldDescription> Describe(string name) => FieldReader.Describe(All[name].Read);
}

/// <summary>An operation of the catalog.</summary>
/// <param name="Read">Makes it of its fields.</param>
/// <param name="Guide">What it is for.</param>
sealed record OperationEntry(Func<FieldReader, Operation> Read, OperationGuide Guide);
