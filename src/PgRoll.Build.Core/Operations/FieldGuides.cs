namespace PgRoll.Build.Operations;

/// <summary>
/// What the fields of a migration file say, in words for who writes migrations: OPERATIONS.md and the JSON schema are made of it. A field
/// is found by the end of its path, the longest that is listed: most of them say the same wherever they stand.
/// </summary>
static class FieldGuides
{
    public static IReadOnlyDictionary<string, FieldGuide> All { get; } = new Dictionary<string, FieldGuide>
    {
        // The file.
        ["operations"] = new("What the migration does, in order.", "[{ drop_table: { name: customers } }]"),
        ["migration.name"] = new("The migration's name, which is its file's: it can be left out, and pgroll refuses it.", "02_customers"),
        ["version_schema"] = new("What the version is called, if not like the file.", "customers_v2"),

        // Tables and columns.
        ["table"] = new("The table's name.", "customers"),
        ["column"] = new("The column's name.", "name"),
        ["create_table.name"] = new("The table's name.", "visits"),
        ["drop_table.name"] = new("The table's name.", "customers"),
        ["column.name"] = new("The column's name.", "level"),
        ["columns.name"] = new("The column's name.", "id"),
        ["from"] = new("The name until now.", "name"),
        ["to"] = new("The name from now on.", "full_name"),
        ["type"] = new("A type, as in SQL. `serial` and its like have a sequence of their own.", "varchar(80)"),
        ["alter_column.type"] = new("The new type, as in SQL. It needs `up` and `down`.", "bigint"),
        ["nullable"] = new("Whether it may hold NULL: not unless this is said.", "true"),
        ["alter_column.nullable"] = new("Whether it may hold NULL from now on: `false` needs `up`, `true` needs `down`. Left out, it stays as it is.", "false"),
        ["default"] = new("The default: an SQL expression, in quotes where YAML takes it for a number.", "now()"),
        ["alter_column.default"] = new("The new default: an SQL expression; `null` takes it away.", "now()"),
        ["comment"] = new("A comment, for people.", "who buys"),
        ["alter_column.comment"] = new("The new comment; `null` takes it away.", "who buys"),
        ["pk"] = new("Whether it is the primary key, or part of it.", "true"),
        ["unique"] = new("Whether it refuses duplicates.", "true"),
        ["alter_column.unique"] = new("A new constraint that refuses duplicates.", "{ name: customers_email_key }"),
        ["unique.name"] = new("The constraint's name.", "customers_email_key"),
        ["generated"] = new("What gives it its values: an expression, or a sequence.", "{ expression: price * amount }"),
        ["generated.expression"] = new("The expression that it is computed from, and stored.", "price * amount"),
        ["generated.identity"] = new("Numbers from a sequence of its own.", "{ user_specified_values: BY DEFAULT }"),
        ["user_specified_values"] = new("Whether an INSERT may give another number: `BY DEFAULT` lets it, `ALWAYS`, which is what goes without saying, does not.", "BY DEFAULT"),
        ["sequence_options"] = new("Options of the sequence, as in SQL.", "START WITH 1000"),
        ["add_column.column"] = new("The new column.", "{ name: level, type: int, nullable: true }"),
        ["create_table.columns"] = new("Its columns, in order.", "[{ name: id, type: bigserial, pk: true }]"),
        ["create_table.constraints"] = new("Constraints, besides those of its columns.", "[{ name: visits_day_key, type: unique, columns: [day] }]"),

        // What an operation makes of rows.
        ["up"] = new("What the new version reads of what the old one wrote: an SQL expression over the columns before the operation.", "coalesce(name, 'unknown')"),
        ["down"] = new("What the old version reads of what the new one wrote: an SQL expression over the columns after the operation.", "name"),
        ["create_constraint.up"] = new("The same for each column: what the new version reads of what the old one wrote.", "{ orders: 'greatest(orders, 0)' }"),
        ["create_constraint.down"] = new("The same for each column: what the old version reads of what the new one wrote.", "{ orders: orders }"),
        ["drop_multicolumn_constraint.up"] = new("What the new version reads of what the old one wrote, by column; the column itself where nothing is said.", "{ name: name }"),
        ["drop_multicolumn_constraint.down"] = new("What the old version, which keeps the constraint, reads of what the new one wrote, by column.", "{ name: name, orders: orders }"),
        ["sql.up"] = new("The statements that it runs.", "CREATE FUNCTION one() RETURNS int LANGUAGE sql RETURN 1"),
        ["sql.down"] = new("The statements that take it back at rollback.", "DROP FUNCTION one()"),
        ["onComplete"] = new("Whether it runs at complete rather than at start; it has no `down` then.", "true"),

        // Constraints.
        ["check"] = new("What must not be false in any row, with a name.", "{ name: customers_orders_check, constraint: orders >= 0 }"),
        ["constraints.check"] = new("Of a `check`, what must not be false in any row: an SQL expression.", "orders >= 0"),
        ["create_constraint.check"] = new("Of a `check`, what must not be false in any row: an SQL expression.", "orders >= 0"),
        ["check.name"] = new("The constraint's name.", "customers_orders_check"),
        ["constraint"] = new("What must not be false in any row: an SQL expression.", "orders >= 0"),
        ["no_inherit"] = new("Whether tables that inherit from this one are free of the check.", "true"),
        ["references"] = new("The column of a table that its values must be found in.", "{ name: orders_customer_fkey, table: customers, column: id }"),
        ["references.name"] = new("The foreign key's name.", "orders_customer_fkey"),
        ["references.table"] = new("The table that it points to.", "customers"),
        ["references.column"] = new("The column that it points to.", "id"),
        ["constraints.references"] = new("Of a `foreign_key`, what it points to.", "{ table: customers, columns: [id] }"),
        ["create_constraint.references"] = new("Of a `foreign_key`, what it points to.", "{ table: customers, columns: [id] }"),
        ["references.columns"] = new("The columns that it points to, in the order of the key's.", "[id]"),
        ["on_delete"] = new("What a delete of the row that it points to does. `NO ACTION` goes without saying.", "CASCADE"),
        ["on_delete_set_columns"] = new("The columns that `SET NULL` or `SET DEFAULT` sets; all of the key unless some are listed. PostgreSQL 15.", "[customer_id]"),
        ["on_update"] = new("What an update of the key that it points to does. `NO ACTION` goes without saying.", "CASCADE"),
        ["match_type"] = new("Whether a key that is NULL in part points nowhere (`SIMPLE`, which goes without saying), or is refused (`FULL`).", "FULL"),
        ["deferrable"] = new("Whether a transaction may put its check off until commit.", "true"),
        ["initially_deferred"] = new("Whether it is put off unless a transaction says otherwise; with `deferrable`.", "true"),
        ["constraints.name"] = new("The constraint's name.", "visits_day_key"),
        ["constraints.type"] = new("What kind of constraint it is.", "unique"),
        ["constraints.columns"] = new("The columns that it is about.", "[day]"),
        ["create_constraint.name"] = new("The constraint's name.", "customers_orders_check"),
        ["create_constraint.type"] = new("What kind of constraint it is.", "check"),
        ["create_constraint.columns"] = new("The columns that it is about.", "[orders]"),
        ["drop_constraint.name"] = new("The constraint's name.", "customers_email_key"),
        ["drop_multicolumn_constraint.name"] = new("The constraint's name.", "customers_name_orders"),
        ["index_parameters"] = new("Of `unique` and `primary_key`, the index behind it.", "{ include_columns: [name] }"),
        ["include_columns"] = new("Columns that the index holds besides its keys.", "[name]"),
        ["storage_parameters"] = new("Storage parameters of the index, as in SQL between the parentheses of WITH.", "fillfactor = 70"),
        ["tablespace"] = new("The tablespace of the index.", "fast"),
        ["exclude"] = new("Of an `exclude`, what no two rows may have in common.", "{ index_method: gist, elements: room WITH = }"),
        ["index_method"] = new("The access method of its index; `gist` unless another is named.", "gist"),
        ["elements"] = new("What is compared, and with which operator, as in SQL between the parentheses.", "room WITH =, during WITH &&"),
        ["exclude.predicate"] = new("The rows that it is about: an SQL expression; all of them unless it is given.", "NOT cancelled"),
        ["nulls_not_distinct"] = new("Whether NULL counts as a value like any other. PostgreSQL 15.", "true"),

        // Indexes.
        ["create_index.name"] = new("The index's name.", "customers_name_idx"),
        ["drop_index.name"] = new("The index's name.", "customers_orders_idx"),
        ["create_index.columns"] = new("Its keys, in order.", "[{ column: name, sort: DESC }]"),
        ["create_index.unique"] = new("Whether the index refuses duplicates.", "true"),
        ["method"] = new("The access method; `btree` unless another is named.", "gin"),
        ["predicate"] = new("The rows that the index holds: an SQL expression; all of them unless it is given.", "orders > 0"),
        ["collate"] = new("The collation, as in SQL: in double quotes where it needs them.", "\"C\""),
        ["sort"] = new("The direction; `ASC` goes without saying.", "DESC"),
        ["nulls"] = new("Where NULL stands in the order.", "LAST"),
        ["opclass"] = new("The operator class, if not the type's own.", "{ name: text_pattern_ops }"),
        ["opclass.name"] = new("The operator class, as in SQL.", "text_pattern_ops"),
        ["params"] = new("Its parameters, as in SQL.", "[siglen = 32]"),

        // Replica identity.
        ["set_replica_identity.identity"] = new("What replicas find a row by.", "{ type: full }"),
        ["identity.type"] = new("The primary key (`DEFAULT`), the whole row (`FULL`), an index (`INDEX`) or nothing.", "FULL"),
        ["identity.index"] = new("Of the type `INDEX`, the index's name.", "customers_email_key"),
    };

    /// <summary>What the field at a path says: <c>create_table.columns.check.name</c>. Places in lists are left out.</summary>
    public static FieldGuide Of(string path) =>
        All.TryGetValue(path, out var guide) ? guide
        : path.IndexOf('.') is >= 0 and var dot ? Of(path.Substring(dot + 1))
        : throw new KeyNotFoundException($"Nothing says what the field '{path}' is for.");
}

/// <summary>What a field says.</summary>
/// <param name="Purpose">A sentence or two.</param>
/// <param name="Example">A value: a text as it is, anything else as YAML.</param>
sealed record FieldGuide(string Purpose, string Example);
