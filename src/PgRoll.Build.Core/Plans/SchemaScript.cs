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
        foreach (var column in schema.Tables.SelectMany(t => t.Columns))
            if (column.Sequence is { } sequence)
                yield return Sql.Of($"CREATE SEQUENCE {Name(sequence)} AS {column.Type}");
        foreach (var table in schema.Tables)
            foreach (var step in NewTable.Create(Name(table.Name), Bare(table), schema, ServerFacts.Offline))
                yield return step.Do;
        foreach (var table in schema.Tables)
        {
            foreach (var column in table.Columns)
                if (column.Sequence is { } sequence)
                    yield return Sql.Of($"ALTER SEQUENCE {Name(sequence)} OWNED BY {Name(table.Name)}.{new Ident(column.Name)}");
                else if (column.Identity is { } identity && PostgresNames.Choose(table.Name, column.Name, "seq") is var given && given != identity.Sequence)
                    yield return Sql.Of($"ALTER SEQUENCE {Name(given)} RENAME TO {new Ident(identity.Sequence)}");
            // Last: the tables they point to may come later than their own.
            foreach (var key in table.Constraints.OfType<ForeignKey>())
                yield return Sql.Of($"ALTER TABLE {Name(table.Name)} ADD CONSTRAINT {new Ident(key.Name)} {ConstraintSql.Definition(key, table, schema)}");
        }
    }

    static Table Bare(Table table) => table with
    {
        Columns = [.. table.Columns.Select(c => c with { Sequence = null })],
    };
}
