using PgRoll.Build.SqlText;
using PgRoll.Build.Statements;

namespace PgRoll.Build.Conversion;

/// <summary>SQL that takes SQL back, where there is one way to.</summary>
static class Inverse
{
    /// <summary>What takes back all of the statements, the last one first; null where one of them has nothing that does.</summary>
    public static IReadOnlyList<string>? Of(IEnumerable<ScriptStatement> statements)
    {
        IReadOnlyList<string?> all = [.. statements.Reverse().Select(s => Of(s.Value))];
        return all.Contains(null) ? null : [.. all.Select(sql => $"{sql};")];
    }

    static string? Of(Statement statement) => statement switch
    {
        CreateTable { IfNotExists: false } create => $"DROP{(create.IsForeign ? " FOREIGN" : "")} TABLE {Name(create.Table)}",
        CreateIndex { IfNotExists: false, Concurrently: false, Index: { } index } create => $"DROP INDEX {Name(create.Table with { Name = index.Text })}",
        CreateEnum create => $"DROP TYPE {Name(create.Type)}",
        CreateDomain create => $"DROP DOMAIN {Name(create.Domain)}",
        CreateObject { IfNotExists: false, OrReplace: false, Created: { } created, On: null, Kind: ObjectKind.View or ObjectKind.MaterializedView or ObjectKind.Sequence or ObjectKind.Type or ObjectKind.Schema
            or ObjectKind.Statistics or ObjectKind.Collation or ObjectKind.Extension } create => $"DROP {Word(create.Kind)} {Name(created)}",
        CreateObject { OrReplace: false, Created: { } created, On: { } table, Kind: ObjectKind.Trigger or ObjectKind.Policy } create => $"DROP {Word(create.Kind)} {Name(created)} ON {Name(table)}",
        AlterTable { IfExists: false, Kind: ObjectKind.Index or ObjectKind.View or ObjectKind.MaterializedView, Single: RenameAction rename } alter =>
            $"ALTER {Word(alter.Kind)} {Name(alter.Target with { Name = rename.To.Text })} RENAME TO {new Ident(alter.Target.Name)}",
        _ => null,
    };

    static string Word(ObjectKind kind) => kind is ObjectKind.MaterializedView ? "MATERIALIZED VIEW" : kind.ToString().ToUpperInvariant();

    static string Name(ObjectName name) => name.Schema is { } schema ? $"{new Ident(schema)}.{new Ident(name.Name)}" : new Ident(name.Name).ToString();
}
