using System.Text;
using PgRoll.Build.Model;

namespace PgRoll.Build.Testing;

/// <summary>A schema as text that two sources of it can be compared by: everything the model knows, in an order of its own.</summary>
static class SchemaText
{
    public static string Write(Schema schema)
    {
        var text = new StringBuilder();
        foreach (var table in schema.Tables.OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            text.AppendLine($"table {table.Name} -- {table.Comment}");
            foreach (var column in table.Columns)
                text.AppendLine($"  {column.Name} {column.Type.Canonical} {(column.IsNullable ? "null" : "not null")} default {column.Default} generated {column.GeneratedAs} identity {column.Identity} sequence {column.Sequence} -- {column.Comment}");
            foreach (var constraint in table.Constraints.OrderBy(c => c.Name, StringComparer.Ordinal))
                text.AppendLine($"  {Describe(constraint)}");
            foreach (var index in table.Indexes.OrderBy(i => i.Name, StringComparer.Ordinal))
                text.AppendLine($"  index {index.Name} unique {index.IsUnique} on ({List(index.Columns.Order(StringComparer.Ordinal))}) {index.Definition}");
        }
        return text.ToString();
    }

    static string Describe(Constraint constraint) => constraint switch
    {
        UniqueConstraint c => $"{(c.IsPrimaryKey ? "primary key" : "unique")} {c.Name} ({List(c.Columns)}) include ({List(c.Include)}) nulls not distinct {c.NullsNotDistinct} {c.Deferral} with {c.StorageParameters} in {c.Tablespace}",
        CheckConstraint c => $"check {c.Name} ({List(c.Columns.Order(StringComparer.Ordinal))}) {c.Expression} no inherit {c.NoInherit}",
        ForeignKey c => $"foreign key {c.Name} ({List(c.Columns)}) to {c.ReferencedSchema}.{c.ReferencedTable} ({List(c.ReferencedColumns)}) delete {c.OnDelete} ({List(c.OnDeleteSetColumns)}) update {c.OnUpdate} full {c.MatchFull} {c.Deferral}",
        ExclusionConstraint c => $"exclude {c.Name} ({List(c.Columns)}) {c.Definition} {c.Deferral}",
        _ => throw new InvalidOperationException($"{constraint}"),
    };

    static string List(IEnumerable<string> names) => string.Join(", ", names);
}
