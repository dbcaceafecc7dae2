using PgRoll.Build.Model;
using PgRoll.Build.Operations;
using PgRoll.Build.SqlText;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Pgroll;

/// <summary>
/// Plays pgroll's <c>complete</c> and <c>rollback</c> of an active migration, operation by operation, statement by statement, with the
/// names that pgroll knows. Like pgroll it takes what is there from the catalog at the moment it collects its statements.
/// </summary>
sealed class PgrollEnd(TestDatabase database)
{
    const string Marker = "_pgroll_needs_backfill";

    public async Task CompleteAsync(IReadOnlyList<Operation> operations)
    {
        if (await database.ScalarAsync<string>("SELECT pgroll.previous_version('public')") is { } previous)
            await RunAsync($"DROP SCHEMA IF EXISTS {new Ident("public_" + previous)} CASCADE");
        var schema = await PgrollCatalog.ReadAsync(database);
        List<string> statements = [];
        foreach (var statement in operations.SelectMany(o => Complete(o, schema)))
        {
            // What occurs again moves to its last place.
            statements.Remove(statement);
            statements.Add(statement);
        }
        foreach (var statement in statements)
            await RunAsync(statement);
        if (operations.OfType<RawSqlOperation>().Any())
            await RebuildViewsAsync();
        await database.ExecuteAsync("UPDATE pgroll.migrations SET done = true, resulting_schema = pgroll.read_schema('public') WHERE schema = 'public' AND NOT done");
    }

    public async Task RollbackAsync(string version, IReadOnlyList<Operation> operations, Schema before)
    {
        await RunAsync($"DROP SCHEMA IF EXISTS {new Ident("public_" + version)} CASCADE");
        foreach (var statement in operations.Reverse().SelectMany(o => Rollback(o, operations, before)))
            await RunAsync(statement);
        await database.ExecuteAsync("DELETE FROM pgroll.migrations WHERE schema = 'public' AND NOT done");
    }

    Task RebuildViewsAsync() => RunAsync(
        """
        DO $$
        DECLARE
          version text := quote_ident('public_' || pgroll.latest_version('public'));
          t regclass;
        BEGIN
          FOR t IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') LOOP
            EXECUTE format('DROP VIEW IF EXISTS %s.%s', version, t);
            EXECUTE format('CREATE VIEW %s.%s%s AS SELECT %s FROM %s', version, t,
              CASE WHEN current_setting('server_version_num')::int >= 150000 THEN ' WITH (security_invoker = true)' END,
              (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = t AND attnum > 0 AND NOT attisdropped), t);
          END LOOP;
        END $$
        """);

    static IEnumerable<string> Complete(Operation operation, PgrollCatalog schema) => operation switch
    {
        AddColumn add => Complete(add, schema),
        AlterColumn alter => [.. AlterParts(alter), .. Swap(schema, alter.Table, [alter.Column], SwapOrder.ColumnFirst)],
        CreateConstraint create => [.. ConstraintParts(create), .. Swap(schema, create.Table, create.Constraint.Columns, SwapOrder.RenameFirst)],
        DropConstraint drop => Swap(schema, drop.Table, schema[drop.Table].Constraints[drop.Constraint], SwapOrder.FunctionsFirst),
        DropMulticolumnConstraint drop => schema[drop.Table].Constraints[drop.Constraint].SelectMany(c => Swap(schema, drop.Table, [c], SwapOrder.FunctionsFirst)),
        DropColumn drop => [DropColumns(drop.Table, drop.Column), DropFunctions(Function(drop.Table, drop.Column)), DropColumns(drop.Table, Marker)],
        RenameColumn rename => Complete(rename, schema),
        RenameTable rename => Complete(rename, schema),
        RenameConstraint rename => [$"ALTER TABLE IF EXISTS {Q(rename.Table)} RENAME CONSTRAINT {Q(rename.From)} TO {Q(rename.To)}"],
        DropTable drop => [$"DROP TABLE IF EXISTS {Q("_pgroll_del_" + drop.Table)}"],
        DropIndex drop => [$"DROP INDEX CONCURRENTLY IF EXISTS {Q(drop.Index)}"],
        RawSqlOperation { OnComplete: true } sql => [sql.Up],
        CreateTable or CreateIndex or SetReplicaIdentity or RawSqlOperation => [],
        _ => throw new InvalidOperationException($"No such operation: {operation}."),
    };

    static IEnumerable<string> Complete(AddColumn add, PgrollCatalog schema)
    {
        var (table, column) = (Q(add.Table), add.Column);
        IReadOnlyList<string> notNull =
        [
            $"ALTER TABLE IF EXISTS {table} VALIDATE CONSTRAINT {Q("_pgroll_check_not_null_" + column.Name)}",
            $"ALTER TABLE IF EXISTS {table} ALTER COLUMN {Q(column.Name)} SET NOT NULL",
            $"ALTER TABLE IF EXISTS {table} DROP CONSTRAINT IF EXISTS {Q("_pgroll_check_not_null_" + column.Name)}",
        ];
        yield return $"ALTER TABLE IF EXISTS {table} RENAME COLUMN {Q(New(column.Name))} TO {Q(column.Name)}";
        yield return DropFunctions(Function(add.Table, column.Name));
        yield return DropColumns(add.Table, Marker);
        if (!column.IsNullable && column.Default is null)
            foreach (var statement in notNull)
                yield return statement;
        if (column.Check is { } check)
            yield return $"ALTER TABLE IF EXISTS {table} VALIDATE CONSTRAINT {Q(check.Name)}";
        if (column.IsUnique)
            yield return $"ALTER TABLE IF EXISTS {table} ADD CONSTRAINT {Q(column.Name)} UNIQUE USING INDEX {Q("_pgroll_uniq_" + column.Name)}";
        if (column.Default is { } value && !schema[add.Table].Columns[New(column.Name)].HasDefault)
        {
            yield return $"ALTER TABLE {table} ALTER COLUMN {Q(column.Name)} SET DEFAULT {value.ToSql()}";
            if (!column.IsNullable)
                foreach (var statement in notNull)
                    yield return statement;
        }
    }

    static IEnumerable<string> AlterParts(AlterColumn alter)
    {
        var table = Q(alter.Table);
        foreach (var name in (string?[])[alter.Check?.Name, alter.References?.Name])
            if (name is not null)
                yield return $"ALTER TABLE IF EXISTS {table} VALIDATE CONSTRAINT {Q(name)}";
        if (alter.IsNullable == false)
        {
            yield return $"ALTER TABLE IF EXISTS {table} VALIDATE CONSTRAINT {Q("_pgroll_check_not_null_" + alter.Column)}";
            yield return $"ALTER TABLE IF EXISTS {table} ALTER COLUMN {Q(New(alter.Column))} SET NOT NULL";
            yield return $"ALTER TABLE IF EXISTS {table} DROP CONSTRAINT IF EXISTS {Q("_pgroll_check_not_null_" + alter.Column)}";
        }
        if (alter.Unique is { } unique)
            yield return $"ALTER TABLE IF EXISTS {table} ADD CONSTRAINT {Q(unique)} UNIQUE USING INDEX {Q(unique)}";
    }

    static IEnumerable<string> ConstraintParts(CreateConstraint create) => create.Constraint switch
    {
        UniqueConstraint unique => [$"ALTER TABLE IF EXISTS {Q(create.Table)} ADD CONSTRAINT {Q(unique.Name)} {(unique.IsPrimaryKey ? "PRIMARY KEY" : "UNIQUE")} USING INDEX {Q(unique.Name)}"],
        var other => [$"ALTER TABLE IF EXISTS {Q(create.Table)} VALIDATE CONSTRAINT {Q(other.Name)}"],
    };

    static IEnumerable<string> Complete(RenameColumn rename, PgrollCatalog schema)
    {
        schema[rename.Table].RenameColumn(rename.From, rename.To);
        yield return $"ALTER TABLE IF EXISTS {Q(rename.Table)} RENAME COLUMN {Q(rename.From)} TO {Q(rename.To)}";
    }

    static IEnumerable<string> Complete(RenameTable rename, PgrollCatalog schema)
    {
        schema.RenameTable(rename.From, rename.To);
        yield return $"ALTER TABLE IF EXISTS {Q(rename.From)} RENAME TO {Q(rename.To)}";
    }

    enum SwapOrder { ColumnFirst, RenameFirst, FunctionsFirst }

    /// <summary>The new halves of columns take the place of the old ones.</summary>
    static IEnumerable<string> Swap(PgrollCatalog schema, string tableName, IReadOnlyList<string> columns, SwapOrder order)
    {
        var table = schema[tableName];
        foreach (var column in columns)
            if (!table.Columns.ContainsKey(column))
                throw new InvalidOperationException($"column \"{column}\" does not exist on table \"{tableName}\"");
        IEnumerable<string> sequences = columns.Select(c => table.Columns[c].Sequence is { } sequence ? $"ALTER SEQUENCE IF EXISTS {sequence} OWNED BY {Q(tableName)}.{Q(New(c))}" : "").Where(s => s.Length > 0);
        var functions = DropFunctions([.. columns.SelectMany(c => (string[])[Function(tableName, c), Function(tableName, New(c))])]);
        var old = DropColumns(tableName, [.. columns]);
        var marker = DropColumns(tableName, Marker);
        IEnumerable<string> rename = columns.SelectMany(c => RenameCopied(table, tableName, c));
        return order switch
        {
            SwapOrder.ColumnFirst => [.. sequences, old, functions, marker, .. rename],
            SwapOrder.RenameFirst => [.. sequences, old, .. rename, functions, marker],
            _ => [functions, .. sequences, marker, old, .. rename],
        };
    }

    static IEnumerable<string> RenameCopied(PgrollTable table, string name, string column)
    {
        var alter = $"ALTER TABLE IF EXISTS {Q(name)}";
        yield return $"{alter} RENAME COLUMN {Q(New(column))} TO {Q(column)}";
        foreach (var constraint in table.TakeCopies(New(column), 'f'))
            yield return $"{alter} RENAME CONSTRAINT {Q(constraint)} TO {Q(Original(constraint))}";
        foreach (var constraint in table.TakeCopies(New(column), 'c'))
        {
            yield return $"{alter} VALIDATE CONSTRAINT {Q(constraint)}";
            yield return $"{alter} RENAME CONSTRAINT {Q(constraint)} TO {Q(Original(constraint))}";
            if (!Original(constraint).StartsWith("_pgroll_check_not_null_", StringComparison.Ordinal))
                continue;
            yield return $"{alter} ALTER COLUMN {Q(column)} SET NOT NULL";
            yield return $"{alter} DROP CONSTRAINT {Q("_pgroll_check_not_null_" + column)}";
        }
        foreach (var index in table.TakeCopies(New(column), 'i'))
        {
            yield return $"ALTER INDEX IF EXISTS {Q(index)} RENAME TO {Q(Original(index))}";
            if (table.IsUniqueConstraint(Original(index)))
                yield return $"{alter} ADD CONSTRAINT {Q(Original(index))} UNIQUE USING INDEX {Q(Original(index))}";
        }
        if (table.PrimaryKey.Contains(column))
            yield return $"{alter} ADD PRIMARY KEY USING INDEX {Q(name + "_pkey")}";
    }

    static IEnumerable<string> Rollback(Operation operation, IReadOnlyList<Operation> all, Schema before)
    {
        string Physical(string table) => all.TakeWhile(o => o != operation).OfType<RenameTable>().Reverse().Aggregate(table, (name, rename) => rename.To == name ? rename.From : name);
        IEnumerable<string> Unswap(string table, params IEnumerable<string> columns) => columns.SelectMany(c => (string[])
            [DropColumns(Physical(table), New(c)), DropFunctions(Function(table, c), Function(table, New(c))), DropColumns(Physical(table), Marker)]);
        IEnumerable<string> Columns(string table, string constraint) => before.Find(Physical(table))!.FindConstraint(constraint)!.Columns.Order(StringComparer.Ordinal);
        return operation switch
        {
            AddColumn add => [DropColumns(Physical(add.Table), New(add.Column.Name)), DropFunctions(Function(add.Table, add.Column.Name)), DropColumns(Physical(add.Table), Marker)],
            AlterColumn alter => Unswap(alter.Table, alter.Column),
            CreateConstraint create =>
            [
                DropColumns(Physical(create.Table), [.. create.Constraint.Columns.Select(New)]),
                DropFunctions([.. create.Constraint.Columns.SelectMany(c => (string[])[Function(create.Table, c), Function(create.Table, New(c))])]),
                DropColumns(Physical(create.Table), Marker),
            ],
            DropConstraint drop => Unswap(drop.Table, Columns(drop.Table, drop.Constraint)),
            DropMulticolumnConstraint drop => Unswap(drop.Table, Columns(drop.Table, drop.Constraint)),
            DropColumn drop => [DropFunctions(Function(drop.Table, drop.Column)), DropColumns(Physical(drop.Table), Marker)],
            CreateTable create => [$"DROP TABLE IF EXISTS {Q(create.Table)}"],
            CreateIndex create => [$"DROP INDEX CONCURRENTLY IF EXISTS {Q(create.Index)}"],
            DropTable drop => [$"ALTER TABLE IF EXISTS {Q("_pgroll_del_" + Physical(drop.Table))} RENAME TO {Q(Physical(drop.Table))}"],
            RawSqlOperation { OnComplete: false, Down: { } down } => [down],
            _ => [],
        };
    }

    static string DropFunctions(params IReadOnlyList<string> names) => $"DROP FUNCTION IF EXISTS {string.Join(", ", names.Select(Q))} CASCADE";

    static string DropColumns(string table, params IReadOnlyList<string> columns) =>
        $"ALTER TABLE IF EXISTS {Q(table)} {string.Join(", ", columns.Select(c => $"DROP COLUMN IF EXISTS {Q(c)}"))}";

    static string New(string column) => "_pgroll_new_" + column;

    static string Original(string copy) => copy["_pgroll_dup_".Length..];

    static string Function(string table, string column) => $"_pgroll_trigger_{table}_{column}";

    static Ident Q(string name) => new(name);

    Task RunAsync(string statement) => PgrollDatabase.ExecuteAsync(database, statement);
}
