using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans.Parts;

/// <summary>
/// A table that only the new version has. Nobody can see it before the version schema is published, so it is made in one piece, in
/// its final form, whatever operations shaped it.
/// </summary>
static class NewTable
{
    public static IEnumerable<SqlStep> Create(QualifiedName name, Table table, Schema schema)
    {
        var parts = table.Columns.Select(Definition)
            .Concat(table.Constraints.Where(c => c is not ForeignKey).Select(c => Sql.Of($"CONSTRAINT {new Ident(c.Physical)} {ConstraintSql.Definition(c, table, schema)}")));
        yield return new($"table '{table.Name}', which the old version does not see", Sql.Of(
            $"""
             CREATE TABLE {name} (
               {Sql.Join(",\n", parts)}
             )
             """))
        {
            Undo = Sql.Of($"DROP TABLE IF EXISTS {name}"),
        };
        foreach (var column in table.Columns)
            if (column.Sequence is not null)
                foreach (var step in PrivilegeSql.GrantNumbers(MadeSequence(name, table, column), table))
                    yield return step;
        foreach (var index in table.Indexes)
            yield return new($"index '{index.Name}'; the table is empty, so it is built at once", IndexSql.Create(index, name, table));
        if (table.Comment is { } comment)
            yield return new("what the table is for", Sql.Of($"COMMENT ON TABLE {name} IS {new Literal(comment)}"));
        foreach (var column in table.Columns)
            if (column.Comment is { } text)
                yield return new("what the column is for", Sql.Of($"COMMENT ON COLUMN {name}.{new Ident(column.Name)} IS {new Literal(text)}"));
        if (table.ReplicaIdentity != ReplicaIdentity.Default)
            yield return ReplicaIdentitySql.Set(name, Physical(table));
    }

    /// <summary>Added when everything that they may point to is there: other new tables, and keys on new halves of columns.</summary>
    public static IEnumerable<SqlStep> ForeignKeys(QualifiedName name, Table table, Schema schema) =>
        from key in table.Constraints.OfType<ForeignKey>()
        let constraint = new Ident(key.Physical)
        // SHARE ROW EXCLUSIVE on the table it points to; the own one is empty.
        select new SqlStep($"foreign key '{key.Name}' of the new table", Sql.Of($"ALTER TABLE {name} ADD CONSTRAINT {constraint} {ConstraintSql.Definition(key, table, schema)}"))
        {
            Lock = new(LockMode.ShareRowExclusive, name),
            Undo = Sql.Of($"ALTER TABLE {name} DROP CONSTRAINT IF EXISTS {constraint}"),
        };

    public static IEnumerable<Rename> IndexNames(Table table) =>
        table.Constraints.Where(c => c.HasIndex).Select(c => (c.Physical, c.Name))
            .Concat(table.Indexes.Select(i => (i.Physical, i.Name)))
            .Select(name => new Rename(name.Physical, name.Name, Sql.Of($"INDEX")));

    static ReplicaIdentity Physical(Table table) => table.ReplicaIdentity.Index is { } index
        ? table.ReplicaIdentity with { Index = table.FindConstraint(index)?.Physical ?? table.Indexes.FirstOrDefault(i => i.Name == index)?.Physical ?? index }
        : table.ReplicaIdentity;

    /// <summary>Final names of sequences, where a table that leaves had them until now.</summary>
    public static IEnumerable<SqlStep> RenameSequences(QualifiedName name, Table table)
    {
        if (table.Physical != table.Name)
            foreach (var column in table.Columns)
                if (column.OwnSequence is { } sequence)
                    yield return new("its final name", Sql.Of(
                        $"ALTER SEQUENCE {MadeSequence(name, table, column)} RENAME TO {new Ident(sequence)}"));
    }

    /// <summary>The sequence that the server makes with the table.</summary>
    static QualifiedName MadeSequence(QualifiedName name, Table table, Column column) =>
        new(name.Schema, new Ident(PostgresNames.Choose(table.Physical, column.Name, "seq")));

    static Sql Definition(Column column) => Sql.Join(" ", Parts(column));

    static IEnumerable<Sql> Parts(Column column)
    {
        yield return Sql.Of($"{new Ident(column.Name)} {(column.Sequence is null ? column.Type : column.Type.AsSerial)}");
        if (!column.IsNullable && column.Identity is null)
            yield return Sql.Of($"NOT NULL");
        if (column.GeneratedAs is { } expression)
            yield return Sql.Of($"GENERATED ALWAYS AS {expression} STORED");
        if (column.Identity is { } identity)
            yield return ColumnSql.Identity(identity);
        if (column.Default is { } value && column.Sequence is null)
            yield return Sql.Of($"DEFAULT {value}");
    }
}
