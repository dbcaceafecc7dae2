using PgRoll.Build.Model;
using PgRoll.Build.Plans.Parts;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans;

/// <summary>A schema as the SQL that makes it from nothing.</summary>
public static class SchemaScript
{
    /// <summary>The statements, each ended by a semicolon.</summary>
    public static string Write(Schema schema) => string.Concat(Statements(schema.Settled()).Select(sql => $"{sql};\n"));

    static IEnumerable<Sql> Statements(Schema schema)
    {
        QualifiedName Name(string name) => QualifiedName.Of(schema.Name, name);
        foreach (var table in schema.Tables)
            foreach (var step in NewTable.Create(Name(table.Name), table, schema, ServerFacts.Offline))
                yield return step.Do;
        // Last: the tables they point to may come later than their own.
        foreach (var table in schema.Tables)
            foreach (var key in table.Constraints.OfType<ForeignKey>())
                yield return Sql.Of($"ALTER TABLE {Name(table.Name)} ADD CONSTRAINT {new Ident(key.Name)} {ConstraintSql.Definition(key, table, schema)}");
    }
}
