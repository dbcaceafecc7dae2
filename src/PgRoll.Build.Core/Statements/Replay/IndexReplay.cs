using PgRoll.Build.Model;

namespace PgRoll.Build.Statements.Replay;

/// <summary>CREATE INDEX.</summary>
static class IndexReplay
{
    /// <summary>What the server makes an index's name of.</summary>
    public static string Joined(IEnumerable<IndexKey> keys) => string.Join("_", keys.Select(k => k.Column?.Text ?? "expr"));

    public static Schema Create(Schema schema, CreateIndex create)
    {
        if (schema.Find(create.Table.Name) is not { } table)
            return schema;
        var name = create.Index?.Text ?? schema.Choose(table.Name, Joined(create.Keys.Concat(create.Include.Select(column => new IndexKey(column.Span) { Column = column }))), "idx");
        if (schema.FindIndexOwner(name) is not null)
            return schema;
        return schema.Replace(table, t => t with
        {
            Indexes = [.. t.Indexes, new(name, create.IsUnique, create.Definition) { Columns = t.ColumnsIn(create.Definition) }],
        });
    }
}
