using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans.Parts;

/// <summary>
/// A table that only the new version has. Nobody can see it before the version schema is published, so it is made in one piece, in
/// its final form, whatever operations shaped it.
/// </summary>
static class NewTable
{
    public static IEnumerable<SqlStep> Create(QualifiedName name, Table table, Schema schema, ServerFacts facts)
    {
        foreach (var column in table.Columns.Where(c => HasSequenceBeside(name, table, c)))
            yield return new($"numbers for '{table.Name}.{column.Name}'", Sql.Of($"CREATE SEQUENCE {Sequence(name, table, column)} AS {(column.Type.IsInteger ? column.Type : SqlType.FromCatalog("bigint"))}"))
            {
                Undo = Sql.Of($"DROP SEQUENCE IF EXISTS {Sequence(name, table, column)}"),
            };
        var parts = table.Columns.Select(c => Sql.Join("", Parts(c, name, table, facts)))
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
        foreach (var column in table.Columns.Where(c => HasSequenceBeside(name, table, c)))
            yield return new("the sequence goes where its column goes", Sql.Of($"ALTER SEQUENCE {Sequence(name, table, column)} OWNED BY {name}.{new Ident(column.Name)}"));
        foreach (var column in table.Columns)
            if (column.Sequence is not null)
                foreach (var step in PrivilegeSql.GrantNumbers(Sequence(name, table, column), table))
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
        select new SqlStep($"foreign key '{key.Name}' of the new table", Sql.Of($"ALTER TABLE {name} ADD CONSTRAINT {constraint} {ConstraintSql.Definition(key, table, schema)}"))
        {
            Lock = ConstraintSql.Lock(key, name, schema),
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
    public static IEnumerable<SqlStep> RenameSequences(QualifiedName name, Table table) =>
        from column in table.Columns
        where column.OwnSequence is { } final && final != SequenceName(table, column)
        select new SqlStep("its final name", Sql.Of($"ALTER SEQUENCE {Sequence(name, table, column)} RENAME TO {new Ident(column.OwnSequence!)}"));

    /// <summary>The name a sequence bears until complete: its own, unless the table's is still taken.</summary>
    static string SequenceName(Table table, Column column) => table.Physical == table.Name ? column.OwnSequence! : Implied(table, column);

    static QualifiedName Sequence(QualifiedName name, Table table, Column column) => new(name.Schema, new Ident(SequenceName(table, column)));

    /// <summary>What the server calls the sequence of a serial or identity column that does not say.</summary>
    static string Implied(Table table, Column column) => PostgresNames.Choose(table.Physical, column.Name, "seq");

    /// <summary>A sequence that the word <c>serial</c> would not make so: table or column got another name since, or the column another default.</summary>
    static bool HasSequenceBeside(QualifiedName name, Table table, Column column) => column.Sequence is not null && !IsSerial(name, table, column);

    static bool IsSerial(QualifiedName name, Table table, Column column) =>
        column is { Sequence: { } sequence, IsNullable: false, Type.IsInteger: true, Default: { } value } && SequenceName(table, column) == Implied(table, column)
        && (value.Text == Column.NextNumber(new QualifiedName(name.Schema, new Ident(sequence)).ToString()).Text || value.Text == Column.NextNumber(new Ident(sequence).ToString()).Text);

    static IEnumerable<Sql> Parts(Column column, QualifiedName name, Table table, ServerFacts facts)
    {
        var isSerial = IsSerial(name, table, column);
        yield return Sql.Of($"{new Ident(column.Name)} {(isSerial ? column.Type.AsSerial : column.Type)}{(column.Collation is { } collation ? Sql.Of($" COLLATE {collation}") : Sql.Empty)}");
        // A table that has its own name already leaves those of its constraints to the server.
        if (!column.IsNullable && table.Physical != table.Name)
            yield return NotNullSql.Inline(NotNullSql.Name(table, column), facts);
        else if (!column.IsNullable && column.Identity is null)
            yield return Sql.Of($" NOT NULL");
        if (column.GeneratedAs is { } expression)
            yield return Sql.Of($" GENERATED ALWAYS AS {expression} STORED");
        if (column.Identity is { } identity)
            yield return Sql.Of($" {(SequenceName(table, column) == Implied(table, column) ? ColumnSql.Identity(identity) : ColumnSql.Identity(identity, Sequence(name, table, column)))}");
        if (column.Default is { } value && !isSerial)
            yield return Sql.Of($" DEFAULT {value}");
    }
}
