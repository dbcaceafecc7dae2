using PgRoll.Build.Model;

namespace PgRoll.Build.Statements.Effects;

/// <summary>What the schema knows of names that statements say.</summary>
static class Known
{
    public static Table? Table(ObjectName name, Schema schema) => (name.Schema ?? schema.Name) == schema.Name ? schema.Find(name.Name) : null;

    /// <summary>The name of a table that a statement means without saying it.</summary>
    public static ObjectName Name(string table, string? schema, ObjectName said) => new(schema ?? said.Schema, table, said.Span);
}
