using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans.Parts;

/// <summary>Statements and fragments that define indexes, over the columns as they are named in the database.</summary>
static class IndexSql
{
    /// <summary>SHARE lock: for tables that nobody uses yet.</summary>
    public static Sql Create(Model.Index index, QualifiedName name, Table table) =>
        Sql.Of($"CREATE {Unique(index.IsUnique)}INDEX {new Ident(index.Physical)} ON {name} USING {index.Definition.Rename(table.PhysicalNames())}");

    /// <summary>SHARE UPDATE EXCLUSIVE: clients go on reading and writing.</summary>
    public static Sql CreateConcurrently(Model.Index index, QualifiedName name, Table table) =>
        Sql.Of($"CREATE {Unique(index.IsUnique)}INDEX CONCURRENTLY {new Ident(index.Physical)} ON {name} USING {index.Definition.Rename(table.PhysicalNames())}");

    /// <summary>The index that a unique constraint adopts at complete.</summary>
    public static Sql CreateConcurrently(UniqueConstraint unique, QualifiedName name, Table table) =>
        Sql.Of($"CREATE UNIQUE INDEX CONCURRENTLY {new Ident(unique.Physical)} ON {name} ({table.PhysicalNames(unique.Columns)}){Include(unique, table)}{NullsNotDistinct(unique)}{Storage(unique)}{Tablespace(unique)}");

    /// <summary>The same index in the server's words, what follows USING.</summary>
    public static Sql Definition(UniqueConstraint unique, Table table) =>
        Sql.Of($"btree ({table.PhysicalNames(unique.Columns)}){Include(unique, table)}{NullsNotDistinct(unique)}{Storage(unique)}{Tablespace(unique)}");

    /// <summary>What follows the columns of a UNIQUE or PRIMARY KEY constraint.</summary>
    public static Sql Options(UniqueConstraint unique, Table table) =>
        Sql.Of($"{Include(unique, table)}{Storage(unique)}{(unique.Tablespace is { } space ? Sql.Of($" USING INDEX TABLESPACE {new Ident(space)}") : Sql.Empty)}");

    /// <summary>What hangs on an index that has its final name. SHARE UPDATE EXCLUSIVE, catalog only.</summary>
    public static IEnumerable<SqlStep> Describe(string index, IndexProperties properties, QualifiedName table)
    {
        var name = new QualifiedName(table.Schema, new Ident(index));
        if (properties.Comment is { } comment)
            yield return new($"what '{index}' is for", Sql.Of($"COMMENT ON INDEX {name} IS {new Literal(comment)}"));
        foreach (var (position, target) in properties.Statistics)
            yield return new("ANALYZE looks at the expression as closely as it did", Sql.Of($"ALTER INDEX {name} ALTER COLUMN {position} SET STATISTICS {target}"));
        foreach (var extension in properties.Extensions)
            yield return new("goes where the extension goes", Sql.Of($"ALTER INDEX {name} DEPENDS ON EXTENSION {new Ident(extension)}"));
        if (properties.IsClustered)
            yield return new("CLUSTER goes by it", Sql.Of($"ALTER TABLE {table} CLUSTER ON {name.Name}"));
    }

    public static Sql NullsNotDistinct(UniqueConstraint unique) => unique.NullsNotDistinct ? Sql.Of($" NULLS NOT DISTINCT") : Sql.Empty;

    static Sql Unique(bool unique) => unique ? Sql.Of($"UNIQUE ") : Sql.Empty;

    static Sql Include(UniqueConstraint unique, Table table) =>
        unique.Include.Count == 0 ? Sql.Empty : Sql.Of($" INCLUDE ({table.PhysicalNames(unique.Include)})");

    static Sql Storage(UniqueConstraint unique) => unique.StorageParameters is { } parameters ? Sql.Of($" WITH ({parameters})") : Sql.Empty;

    static Sql Tablespace(UniqueConstraint unique) => unique.Tablespace is { } space ? Sql.Of($" TABLESPACE {new Ident(space)}") : Sql.Empty;
}
