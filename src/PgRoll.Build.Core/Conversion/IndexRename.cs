using PgRoll.Build.Model;
using PgRoll.Build.Statements;

namespace PgRoll.Build.Conversion;

/// <summary>ALTER INDEX … RENAME, which no operation is.</summary>
static class IndexRename
{
    /// <summary>The old name and the new one; null for any other statement.</summary>
    public static (string From, string To)? Of(ScriptStatement statement) =>
        statement.Value is AlterTable { Kind: ObjectKind.Index, IfExists: false, Single: RenameAction rename } alter ? (alter.Target.Name, rename.To.Text) : null;

    /// <summary>Whether the migration leaves the index as it is: one that it copies or drops is not there under its name when it ends.</summary>
    public static bool IsSafeAtComplete(ScriptStatement statement, Schema schema) =>
        Of(statement) is var (from, _) && schema.FindIndexOwner(from) is { } table
        && (table.Indexes.FirstOrDefault(i => i.Name == from)?.Physical ?? table.FindConstraint(from)?.Physical) == from;
}
