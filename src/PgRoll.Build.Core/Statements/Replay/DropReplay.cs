using PgRoll.Build.Model;

namespace PgRoll.Build.Statements.Replay;

/// <summary>DROP.</summary>
static class DropReplay
{
    /// <summary>Null where CASCADE takes along what nothing here knows of.</summary>
    public static Schema? Apply(Schema schema, DropObjects drop, Func<ObjectName, bool> isOurs) => drop.Kind switch
    {
        ObjectKind.Table => drop.Names.Where(isOurs).Aggregate(schema, (all, name) => Table(all, name.Name)),
        ObjectKind.Index => drop.Names.Where(isOurs).Aggregate(schema, (all, name) => Index(all, name.Name)),
        ObjectKind.Schema => drop.Names.Any(name => name.Name == schema.Name) ? Schema.Empty(schema.Name) : drop.Cascade ? null : schema,
        // Views and functions of views take no table along.
        ObjectKind.View or ObjectKind.MaterializedView or ObjectKind.Trigger or ObjectKind.Policy or ObjectKind.Rule or ObjectKind.Publication => schema,
        _ => drop.Cascade ? null : schema,
    };

    static Schema Table(Schema schema, string name) => schema.Find(name) is not { } table ? schema : schema.Remove(table).WithoutForeignKeys(key => key.ReferencedTable == name);

    static Schema Index(Schema schema, string name) => schema.FindIndexOwner(name) is not { } table ? schema : schema.Replace(table, t => t with
    {
        Indexes = [.. t.Indexes.Where(i => i.Name != name)],
    });
}
