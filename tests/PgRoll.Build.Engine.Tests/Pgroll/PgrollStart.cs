using PgRoll.Build.Model;
using PgRoll.Build.Operations;
using PgRoll.Build.Plans;
using PgRoll.Build.Plans.Parts;
using PgRoll.Build.SqlText;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Pgroll;

/// <summary>
/// Plays pgroll's <c>start</c>: leaves in the database what it leaves, operation by operation. Names and columns come from our model,
/// in which every altered column is copied; what pgroll forgets of a column, this forgets too.
/// </summary>
sealed class PgrollStart(TestDatabase database, string name, string version)
{
    const string Marker = "_pgroll_needs_backfill";

    readonly List<Trigger> _triggers = [];
    readonly List<string> _backfilled = [];
    readonly HashSet<string> _notNull = [];
    Schema _schema = null!;

    /// <param name="schema">The base schema as it is.</param>
    /// <param name="operations">The operations.</param>
    /// <param name="json">The migration, for the history.</param>
    public async Task RunAsync(Schema schema, IReadOnlyList<Operation> operations, string json)
    {
        _schema = schema;
        await database.ExecuteAsync(
            "INSERT INTO pgroll.migrations (schema, name, parent, migration) VALUES ('public', $1, pgroll.latest_migration('public'), $2::jsonb)", name, json);
        foreach (var operation in operations)
            await StartAsync(operation is AlterColumn alter ? alter with { IsAlwaysCopied = true } : operation);
        if (operations is [RawSqlOperation { OnComplete: false }])
            _schema = await Lifecycle.Rollout.ReadSchemaAsync(new(database.ConnectionString), null);
        await PublishAsync();
        foreach (var marked in _triggers.Select(t => t.Table).Distinct())
            await RunAsync($"ALTER TABLE {Q(marked)} ADD COLUMN {Q(Marker)} boolean DEFAULT true");
        foreach (var trigger in _triggers)
            await RunAsync(trigger.ToSql(version));
        foreach (var table in _backfilled.Distinct())
            await RunAsync($"SET search_path = public; UPDATE {Q(table)} SET {Q(Marker)} = true WHERE {Q(Marker)}");
    }

    async Task StartAsync(Operation operation)
    {
        var before = _schema;
        _schema = operation.Apply(before);
        switch (operation)
        {
            case AddColumn add:
                await AddAsync(add, before.Find(add.Table)!, _schema.Find(add.Table)!);
                break;
            case AlterColumn alter:
                await CopyAsync(before.Find(alter.Table)!, _schema.Find(alter.Table)!, [alter.Column], null, alter.IsNullable == true, alter.Up, alter.Down);
                await AlterAsync(alter, _schema.Find(alter.Table)!);
                break;
            case CreateConstraint create:
                await CopyAsync(before.Find(create.Table)!, _schema.Find(create.Table)!, create.Constraint.Columns, null, false, create.Up, create.Down);
                await ConstrainAsync(create.Constraint, _schema.Find(create.Table)!);
                break;
            case DropConstraint drop when before.Find(drop.Table)!.FindConstraint(drop.Constraint)!.Columns is [var column]:
                await CopyAsync(before.Find(drop.Table)!, _schema.Find(drop.Table)!, [column], drop.Constraint, false, drop.Up, drop.Down);
                break;
            case DropMulticolumnConstraint drop:
                await CopyAsync(before.Find(drop.Table)!, _schema.Find(drop.Table)!, before.Find(drop.Table)!.FindConstraint(drop.Constraint)!.Columns, drop.Constraint, false, drop.Up, drop.Down);
                break;
            case DropColumn { Down: { } down } drop:
                AddTrigger(drop.Table, drop.Column, before.Find(drop.Table)!, drop.Column, down, isUp: false);
                break;
            case CreateTable create:
                await CreateAsync(create, before);
                break;
            case DropTable drop:
                await RunAsync($"ALTER TABLE {Q(before.Find(drop.Table)!.Physical)} RENAME TO {Q("_pgroll_del_" + before.Find(drop.Table)!.Physical)}");
                break;
            case CreateIndex create:
                var owner = _schema.Find(create.Table)!;
                var index = owner.Indexes.First(i => i.Name == create.Index) with { Physical = create.Index };
                await RunAsync(IndexSql.CreateConcurrently(index, Relation(owner.Physical), owner).Text);
                break;
            case SetReplicaIdentity set:
                await RunAsync(ReplicaIdentitySql.Set(Relation(_schema.Find(set.Table)!.Physical), set.Identity).Do.Text);
                break;
            case RawSqlOperation { OnComplete: false } sql:
                await RunAsync(sql.Up);
                break;
            default:
                break;
        }
    }

    async Task AddAsync(AddColumn add, Table before, Table after)
    {
        var (column, table) = (add.Column, Q(before.Physical));
        var physical = Q("_pgroll_new_" + column.Name);
        var isFast = column.Default is { } given && await IsFastAsync(column.Type, given);
        var type = column.Type.Text;
        var reference = column.References is { } key ? $" CONSTRAINT {Q(key.Name)} REFERENCES {Q(_schema.Find(key.Table)!.Physical)} ({Q(key.Column)})" : "";
        await RunAsync($"ALTER TABLE {table} ADD COLUMN {physical} {type}{(isFast ? $"{(column.IsNullable ? "" : " NOT NULL")} DEFAULT {column.Default!.ToSql()}" : "")}{reference}");
        if (column.Comment is { } comment)
            await RunAsync($"COMMENT ON COLUMN {table}.{physical} IS {new Literal(comment)}");
        if (!column.IsNullable && !isFast)
            await RunAsync($"ALTER TABLE {table} ADD CONSTRAINT {Q("_pgroll_check_not_null_" + column.Name)} CHECK ({physical} IS NOT NULL) NOT VALID");
        if (column.Check is { } check)
            await RunAsync($"ALTER TABLE {table} ADD CONSTRAINT {Q(check.Name)} CHECK {check.Expression.Rename(after.PhysicalNames()).ToSql()} NOT VALID");
        if (column.IsUnique)
            await RunAsync($"CREATE UNIQUE INDEX CONCURRENTLY {Q("_pgroll_uniq_" + column.Name)} ON {table} ({physical})");
        if (add.Up is { } up)
        {
            AddTrigger(add.Table, column.Name, before, "_pgroll_new_" + column.Name, up, isUp: true);
            _backfilled.Add(before.Physical);
        }
    }

    async Task AlterAsync(AlterColumn alter, Table after)
    {
        var (table, physical) = (Q(after.Physical), Q("_pgroll_new_" + alter.Column));
        if (alter.IsNullable == false)
            await RunAsync($"ALTER TABLE {table} ADD CONSTRAINT {Q("_pgroll_check_not_null_" + alter.Column)} CHECK ({physical} IS NOT NULL) NOT VALID");
        if (alter.Default.IsGiven)
            await RunAsync($"ALTER TABLE {table} ALTER COLUMN {physical} {(alter.Default.To is { } value ? $"SET DEFAULT {value.ToSql()}" : "DROP DEFAULT")}");
        if (alter.Comment.IsGiven)
            await RunAsync($"COMMENT ON COLUMN {table}.{physical} IS {(alter.Comment.To is { } comment ? new Literal(comment).ToString() : "NULL")}");
        foreach (var name in (string?[])[alter.Check?.Name, alter.References?.Name, alter.Unique])
            if (name is not null)
                await ConstrainAsync(after.FindConstraint(name)!, after);
    }

    async Task ConstrainAsync(Constraint constraint, Table after)
    {
        var (table, constraintName) = (Q(after.Physical), Q(constraint.Name));
        await RunAsync(constraint is UniqueConstraint unique
            ? $"CREATE UNIQUE INDEX CONCURRENTLY {constraintName} ON {table} ({string.Join(", ", after.PhysicalNames(unique.Columns))})"
            : $"ALTER TABLE {table} ADD CONSTRAINT {constraintName} {ConstraintSql.Definition(constraint, after, _schema)} NOT VALID");
    }

    Task CopyAsync(Table before, Table after, IReadOnlyList<string> columns, string? without, bool isNullable, SqlExpression? up, SqlExpression? down)
    {
        Dictionary<string, SqlExpression> Of(SqlExpression? expression) => expression is null ? [] : columns.ToDictionary(c => c, _ => expression);
        return CopyAsync(before, after, columns, without, isNullable, Of(up), Of(down));
    }

    async Task CopyAsync(
        Table before, Table after, IReadOnlyList<string> columns, string? without, bool isNullable,
        IReadOnlyDictionary<string, SqlExpression> up, IReadOnlyDictionary<string, SqlExpression> down)
    {
        var table = Q(before.Physical);
        foreach (var (column, copy) in columns.Select(c => (before.Find(c)!, after.Find(c)!)))
        {
            var physical = Q("_pgroll_new_" + column.Name);
            await RunAsync($"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {physical} {copy.Type}");
            // It takes a column that it has copied or added already for NOT NULL.
            if (!isNullable && (!column.IsNullable || GeneratedNames.IsNew(column.Physical)) && _notNull.Add(before.Physical + column.Physical))
                await RunAsync($"ALTER TABLE {table} ADD CONSTRAINT {Q("_pgroll_dup__pgroll_check_not_null_" + column.Physical)} CHECK ({physical} IS NOT NULL) NOT VALID");
            if (column.Default is { } value)
                await IgnoreAsync("42804", $"ALTER TABLE {table} ALTER COLUMN {physical} SET DEFAULT {value.ToSql()}");
            if (column.Comment is { } comment)
                await RunAsync($"COMMENT ON COLUMN {table}.{physical} IS {new Literal(comment)}");
        }
        var names = before.PhysicalNames().ToDictionary(n => n.Key, n => columns.Contains(n.Key) ? "_pgroll_new_" + n.Key : n.Value);
        // Nothing that it knows lies on a copy, so a second copy copies nothing.
        var first = columns.Where(c => !GeneratedNames.IsNew(before.Find(c)!.Physical)).ToList();
        foreach (var constraint in before.Constraints.Where(c => c.Name != without && c.Columns.Any(first.Contains) && !c.Physical.StartsWith("_pgroll_dup_", StringComparison.Ordinal)))
        {
            var copied = string.Join(", ", constraint.Columns.Select(c => Q(names[c])));
            var dup = Q("_pgroll_dup_" + constraint.Name);
            await (constraint switch
            {
                CheckConstraint check => IgnoreAsync("42883", $"ALTER TABLE {table} ADD CONSTRAINT {dup} CHECK {check.Expression.Rename(names).ToSql()}{(check.NoInherit ? " NO INHERIT" : "")} NOT VALID"),
                UniqueConstraint => RunAsync($"CREATE UNIQUE INDEX CONCURRENTLY {dup} ON {table} ({copied})"),
                ForeignKey key => IgnoreAsync("42804", $"ALTER TABLE {table} ADD CONSTRAINT {dup} FOREIGN KEY ({copied}) REFERENCES {Q(key.ReferencedTable)} ({string.Join(", ", key.ReferencedColumns.Select(Q))}){On("DELETE", key.OnDelete)}{On("UPDATE", key.OnUpdate)}"),
                _ => Task.CompletedTask,
            });
        }
        // Plain columns in the order of the table; sorting, operator classes and expressions are forgotten, and INCLUDE becomes keys.
        foreach (var row in await database.QueryAsync(
            """
            SELECT x.relname::text, i.indisunique, m.amname::text, pg_get_expr(i.indpred, i.indrelid), substring(pg_get_indexdef(x.oid) FROM 'WITH \([^)]*\)'),
              ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) ORDER BY a.attnum)
            FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_am m ON m.oid = x.relam
            WHERE i.indrelid = $1::regclass AND NOT starts_with(x.relname, '_pgroll_') AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = x.oid AND c.conrelid = i.indrelid)
            """, Relation(before.Physical).ToString()))
            if (((string[])row[5]!).Intersect(first.Select(c => before.Find(c)!.Physical)).Any())
            {
                var keys = ((string[])row[5]!).Select(c => Q(before.Columns.FirstOrDefault(b => b.Physical == c) is { } known ? names[known.Name] : c));
                var predicate = row[3] is string where ? $" WHERE {SqlExpression.FromCatalog(where).Rename(before.Columns.ToDictionary(c => c.Physical, c => names[c.Name])).ToSql()}" : "";
                await RunAsync($"CREATE {((bool)row[1]! ? "UNIQUE " : "")}INDEX CONCURRENTLY {Q("_pgroll_dup_" + (string)row[0]!)} ON {table} USING {row[2]} ({string.Join(", ", keys)}) {row[4]}{predicate}");
            }
        foreach (var column in columns)
        {
            AddTrigger(before.Name, column, before, "_pgroll_new_" + column, up.GetValueOrDefault(column) ?? SqlExpression.Column(column), isUp: true);
            AddTrigger(before.Name, "_pgroll_new_" + column, after, before.Find(column)!.Physical, down.GetValueOrDefault(column) ?? SqlExpression.Column(column), isUp: false);
        }
        _backfilled.Add(before.Physical);
    }

    async Task CreateAsync(CreateTable create, Schema before)
    {
        // Under its final name at once; what pgroll leaves nameless gets its name from the server.
        var table = new CreateTable(create.Table, create.Columns, create.Constraints, create.Comment).Apply(Schema.Empty("public")).Find(create.Table)!;
        var sql = NewTable.Create(Relation(create.Table), table, _schema, ServerFacts.Offline).Select(s => s.Do.Text).ToList();
        if (before.Leaving.Count > 0)
            sql[0] = System.Text.RegularExpressions.Regex.Replace(sql[0], "CONSTRAINT \"(?:[^\"]|\"\")*_(pkey|key)\" ", "");
        foreach (var statement in sql.Concat(NewTable.ForeignKeys(Relation(create.Table), table, _schema).Select(s => s.Do.Text)))
            await RunAsync(statement);
        // From now on it is a table like the others.
        _schema = _schema with { Tables = [.. _schema.Tables.Select(t => t.Name == create.Table ? table with { IsNew = false } : t)] };
    }

    /// <summary>Operations on one column share a trigger: each expression sees what the one before it made.</summary>
    void AddTrigger(string table, string column, Table row, string target, SqlExpression expression, bool isUp)
    {
        var function = $"_pgroll_trigger_{table}_{column}";
        if (_triggers.Find(t => t.Function == function) is { } known)
            known.Assignments.Add((target, expression.Rename(new Dictionary<string, string> { [column] = "~" }).ToSql().Text.Replace("\"~\"", $"NEW.{Q(target)}", StringComparison.Ordinal)));
        else
            _triggers.Add(new(function, row.Physical, row, isUp, [(target, expression.ToSql().Text)]));
    }

    sealed record Trigger(string Function, string Table, Table Row, bool IsUp, List<(string Target, string Expression)> Assignments)
    {
        public string ToSql(string version) =>
            $"""
             CREATE FUNCTION public.{Q(Function)}() RETURNS trigger LANGUAGE plpgsql AS $pgroll$
             #variable_conflict use_variable
             DECLARE
               {string.Join("\n  ", Row.Columns.Select(c => $"{Q(c.Name)} {Relation(Row.Physical)}.{Q(c.Physical)}%TYPE := NEW.{Q(c.Physical)};"))}
             BEGIN
               IF current_setting('search_path') {(IsUp ? "<>" : "=")} 'public_{version}' THEN
                 {string.Join("\n    ", Assignments.Select(a => $"NEW.{Q(a.Target)} := {a.Expression};"))}
                 NEW.{Q(Marker)} := false;
               END IF;
               RETURN NEW;
             END $pgroll$;
             CREATE TRIGGER {Q(Function)} BEFORE INSERT OR UPDATE ON {Q(Row.Physical)} FOR EACH ROW EXECUTE FUNCTION public.{Q(Function)}()
             """;
    }

    /// <summary>Whether the server stores the default once for all rows.</summary>
    Task<bool> IsFastAsync(SqlType type, SqlExpression value) => database.ScalarAsync<bool>(
        $"""
         CREATE TEMP TABLE scratch ();
         ALTER TABLE scratch ADD COLUMN c {type} DEFAULT {value.ToSql()};
         SELECT atthasmissing FROM pg_attribute WHERE attrelid = 'scratch'::regclass AND attname = 'c'
         """);

    async Task PublishAsync()
    {
        await RunAsync($"CREATE SCHEMA {Q("public_" + version)}");
        foreach (var table in _schema.Tables)
            await RunAsync(
                $"CREATE VIEW {QualifiedName.Of("public_" + version, table.Name)}{(database.Major >= 15 ? " WITH (security_invoker = true)" : "")} AS SELECT {string.Join(", ", table.Columns.Select(c => $"{Q(c.Physical)} AS {Q(c.Name)}"))} FROM {Relation(table.Physical)}");
    }

    async Task IgnoreAsync(string state, string sql)
    {
        try
        {
            await RunAsync(sql);
        }
        catch (Npgsql.PostgresException error) when (error.SqlState == state)
        {
            // As pgroll does; what it concerns is lost.
        }
    }

    Task RunAsync(string sql) => PgrollDatabase.ExecuteAsync(database, sql);

    static string On(string what, ReferentialAction action) => action == ReferentialAction.NoAction ? "" : $" ON {what} {action switch
    {
        ReferentialAction.SetNull => "SET NULL",
        ReferentialAction.SetDefault => "SET DEFAULT",
        var other => other.ToString().ToUpperInvariant(),
    }}";

    static QualifiedName Relation(string relation) => QualifiedName.Of("public", relation);

    static Ident Q(string identifier) => new(identifier);
}
