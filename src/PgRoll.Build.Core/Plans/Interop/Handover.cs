using PgRoll.Build.Model;
using PgRoll.Build.Operations;
using PgRoll.Build.Plans.Parts;

namespace PgRoll.Build.Plans.Interop;

/// <summary>
/// Whether pgroll may end a rollout that we started. It works through the operations by names: of columns, checks, indexes and
/// functions. Where it would find nothing under a name, leave something behind, or fail half way (its complete is no transaction), the
/// rollout is for us alone to end.
/// That it leaves the tables of drop_table, which we do not rename at start, is accepted: no row is lost.
/// </summary>
static class Handover
{
    const string CopyPrefix = "_pgroll_dup_", NewPrefix = "_pgroll_new_";

    /// <summary>What keeps pgroll from ending the rollout as we would; null for nothing.</summary>
    public static string? Obstacle(PlanRequest request) => Obstacles(request).FirstOrDefault();

    /// <summary>All that does.</summary>
    public static IEnumerable<string> Obstacles(PlanRequest request)
    {
        if (request.Migrations.Count > 1)
            yield return "it is several migrations in one";
        if (request is { VersionSchema: null, PreviousVersionSchema: not null })
            yield return "it publishes no version schema, while the one before it did";
        foreach (var obstacle in OfOperations(request).Concat(OfDroppedTables(request)).Concat(OfNewTables(request)).Concat(OfForeignKeys(request)))
            yield return obstacle;
        HashSet<string> functions = [];
        foreach (var table in request.After.Tables)
            if (request.Before.Tables.FirstOrDefault(t => t.Physical == table.Physical) is { } before && !ReferenceEquals(before, table))
            {
                var change = new TableChange(SqlText.QualifiedName.Of(request.Before.Name, table.Physical), before, table);
                if (new RowMap(change).IsNeeded && !functions.Add(SyncTrigger.Name(change)))
                    yield return $"the function of '{table.Name}' and that of another table would have one name there";
                foreach (var obstacle in OfTable(change))
                    yield return obstacle;
            }
    }

    static IEnumerable<string> OfOperations(PlanRequest request)
    {
        var schema = request.Before;
        foreach (var operation in request.Migrations.SelectMany(m => m.Operations))
        {
            var after = operation.Apply(schema);
            if (OfOperation(operation, schema, after) is { } obstacle)
                yield return obstacle;
            schema = after;
        }
    }

    static string? OfOperation(Operation operation, Schema before, Schema after) => operation switch
    {
        SetReplicaIdentity set => $"it sets the replica identity of '{set.Table}' at complete",
        AddColumn { Column.IsUnique: true } add when after.Find(add.Table) is { } table && table.Constraints.All(c => c.Name != add.Column.Name) =>
            $"the unique constraint of '{add.Table}.{add.Column.Name}' is not named like the column, whose name is taken",
        CreateTable or CreateIndex or DropTable or DropIndex or RawSqlOperation => null,
        _ when before.Find(TableOf(operation)) is { IsNew: true } table => $"it makes table '{table.Name}' and changes it, which takes one step here and two there",
        AlterColumn alter when Physical(before, alter) == Physical(after, alter) => $"it changes the default or comment of '{alter.Table}.{alter.Column}' without a copy of the column",
        DropConstraint drop when IsUnknown(before, drop.Table, drop.Constraint) => $"'{drop.Constraint}' is a kind of constraint that pgroll does not drop",
        DropMulticolumnConstraint drop when IsUnknown(before, drop.Table, drop.Constraint) => $"'{drop.Constraint}' is a kind of constraint that pgroll does not drop",
        CreateConstraint { Constraint: UniqueConstraint { IsPrimaryKey: true } key } create when key.Columns.Any(c => before.Find(create.Table)?.Find(c) is { IsNullable: true }) =>
            $"the columns of primary key '{key.Name}' become NOT NULL",
        _ => null,
    };

    static string TableOf(Operation operation) => operation switch
    {
        AddColumn add => add.Table,
        AlterColumn alter => alter.Table,
        CreateConstraint create => create.Table,
        DropColumn drop => drop.Table,
        DropConstraint drop => drop.Table,
        DropMulticolumnConstraint drop => drop.Table,
        RenameColumn rename => rename.Table,
        RenameConstraint rename => rename.Table,
        RenameTable rename => rename.From,
        _ => throw new InvalidOperationException($"No such operation: {operation}."),
    };

    static string? Physical(Schema schema, AlterColumn alter) => schema.Find(alter.Table)?.Find(alter.Column)?.Physical;

    static bool IsUnknown(Schema schema, string table, string name) =>
        schema.Find(table)?.FindConstraint(name) is UniqueConstraint { IsPrimaryKey: true } or ExclusionConstraint;

    /// <summary>pgroll leaves them: nothing may want their names, or the columns they point to.</summary>
    static IEnumerable<string> OfDroppedTables(PlanRequest request)
    {
        var kept = new HashSet<string>(request.After.Tables.Select(t => t.Physical));
        IReadOnlyList<Table> dropped = [.. request.Before.Tables.Where(b => !kept.Contains(b.Physical))];
        var names = new HashSet<string>(dropped.SelectMany(Names));
        return request.After.Tables.SelectMany(Names).Where(names.Contains).Select(name => $"'{name}' takes the name of something dropped");

        static IEnumerable<string> Names(Table table) =>
            [table.Name, .. table.Indexes.Select(i => i.Name), .. table.Constraints.Where(c => c.HasIndex).Select(c => c.Name)];
    }

    static IEnumerable<string> OfNewTables(PlanRequest request) =>
        from table in request.After.Tables
        where table.IsNew
        from name in (IEnumerable<(string Name, string Physical)>)
            [(table.Name, table.Physical), .. table.Constraints.Select(c => (c.Name, c.Physical)), .. table.Indexes.Select(i => (i.Name, i.Physical))]
        where name.Name != name.Physical
        select $"'{name.Name}' takes the name of something dropped";

    /// <summary>The server keeps a column that a foreign key points to, and pgroll drops it without a look.</summary>
    static IEnumerable<string> OfForeignKeys(PlanRequest request) =>
        from before in request.Before.Tables
        join after in request.After.Tables on before.Physical equals after.Physical
        let kept = new HashSet<string>(after.Columns.Select(c => c.Physical))
        where before.Columns.Any(c => !kept.Contains(c.Name))
        from foreign in request.Before.ForeignKeysTo(before.Name)
        where foreign.Key.ReferencedColumns.Any(c => !kept.Contains(c))
        select $"foreign key '{foreign.Key.Name}' points to a column of '{before.Name}' that goes";

    static IEnumerable<string> OfTable(TableChange table)
    {
        var repeated = Made(table.After.Mappings, out var made);
        foreach (var column in repeated)
            yield return $"several operations change '{table.After.Name}.{column}'";
        if (table.NewColumns.Count + table.OldColumns.Count > 0)
        {
            if (!SyncTrigger.NamesNoColumns(table))
                yield return $"'{table.After.Name}' has generated columns, so its triggers hold the columns they name";
            if (GeneratedNames.ByteCount(SyncTrigger.Name(table)) == GeneratedNames.MaxBytes)
                yield return $"a name made from '{table.After.Name}' is too long, and cut otherwise there";
        }
        foreach (var column in table.NewColumns)
            foreach (var obstacle in OfColumn(table, column, made.TryGetValue(column.Name, out var name) ? name : column.Name))
                yield return obstacle;
        foreach (var obstacle in table.NewConstraints.Select(c => OfConstraint(table, c)).Concat(table.NewIndexes.Select(i => OfIndex(table, i))).OfType<string>())
            yield return obstacle;
        foreach (var statistics in table.NewStatistics)
            yield return $"the statistics '{statistics.Name}' are copied";
        foreach (var name in Described(table))
            yield return $"what belongs to '{name}' (a comment, a mark of CLUSTER) is given to its copy at complete";
        if (table.After.ReplicaIdentity.Index is { } identity && table.NewConstraints.Select(c => c.Name).Concat(table.NewIndexes.Select(i => i.Name)).Contains(identity))
            yield return $"the replica identity of '{table.After.Name}' is an index that is copied";
    }

    static IEnumerable<string> Described(TableChange table) =>
        table.NewConstraints.Where(c => c.Comment is not null || c is UniqueConstraint { IndexProperties.IsEmpty: false }).Select(c => c.Name)
            .Concat(table.NewIndexes.Where(i => !i.Properties.IsEmpty).Select(i => i.Name));

    /// <summary>The columns that a rollout makes, by their names now, with the names they were made under; of those made twice, only the names.</summary>
    static List<string> Made(IReadOnlyList<RowMapping> mappings, out Dictionary<string, string> made)
    {
        made = [];
        List<string> repeated = [];
        foreach (var mapping in mappings)
            switch (mapping)
            {
                case ColumnsChanged changed:
                    foreach (var column in changed.Columns.Select(c => c.Column))
                        if (made.ContainsKey(column))
                            repeated.Add(column);
                        else
                            made[column] = column;
                    break;
                case ColumnAdded added:
                    made[added.Column.Name] = added.Column.Name;
                    break;
                case ColumnDropped dropped when made.Remove(dropped.Column.Name):
                    repeated.Add(dropped.Column.Name);
                    break;
                case ColumnRenamed renamed when made.TryGetValue(renamed.From, out var name):
                    made.Remove(renamed.From);
                    made[renamed.To] = name;
                    break;
                default:
                    break;
            }
        return repeated;
    }

    static IEnumerable<string> OfColumn(TableChange table, Column column, string madeAs)
    {
        var (what, origin) = ($"'{table.After.Name}.{column.Name}'", table.Origin(column));
        if (column.Physical != NewPrefix + madeAs || GeneratedNames.ByteCount(ShadowColumn.NotNullCheck(table, column)) == GeneratedNames.MaxBytes)
            yield return $"a name made from {what} is too long or taken, and chosen otherwise there";
        if (column.Identity is not null || column.Sequence is not null || column.OtherSequences.Count > 0)
            yield return $"{what} draws numbers from a sequence";
        if (origin is not null && column.Default is not null)
            yield return $"the default of {what} stands on the version's view until complete";
        if (origin is { IsNullable: false } && !column.IsNullable && origin.Physical != madeAs)
            yield return $"{what} is NOT NULL and was renamed before it was copied";
    }

    static string? OfConstraint(TableChange table, Constraint constraint) => constraint switch
    {
        { Physical: var physical } when !physical.StartsWith(GeneratedNames.Prefix, StringComparison.Ordinal) =>
            physical == constraint.Name ? null : $"'{constraint.Name}' is made and renamed",
        UniqueConstraint { Columns.Count: 1 } when constraint.Physical == $"_pgroll_uniq_{constraint.Name}" && table.Before.FindConstraint(constraint.Name) is null => null,
        _ when constraint.Physical != CopyPrefix + constraint.Name => $"'{constraint.Name}' takes the name of something that goes, is renamed as well, or too long to be copied under a name of pgroll's",
        UniqueConstraint { IsPrimaryKey: true } when constraint.Name != $"{table.After.MappedAs}_pkey" || constraint.Columns.Count(c => IsCopied(table, c)) > 1 =>
            $"primary key '{constraint.Name}' is one that pgroll does not restore",
        _ => null,
    };

    static string? OfIndex(TableChange table, Model.Index index)
    {
        if (!index.Physical.StartsWith(GeneratedNames.Prefix, StringComparison.Ordinal))
            return index.Physical == index.Name ? null : $"index '{index.Name}' is made and renamed";
        if (index.Physical != CopyPrefix + index.Name)
            return $"index '{index.Name}' takes the name of something that goes, or is too long to be copied under a name of pgroll's";
        return PlainKeys(index).Any(c => IsCopied(table, c)) ? null : $"index '{index.Name}' is made of expressions, which pgroll does not see";
    }

    static bool IsCopied(TableChange table, string column) => table.After.Find(column) is { } found && GeneratedNames.IsNew(found.Physical);

    /// <summary>The keys that are columns: a name right behind the parenthesis or a comma, that is not called.</summary>
    static IEnumerable<string> PlainKeys(Model.Index index)
    {
        var tokens = SqlText.SqlLexer.Significant(index.Definition.Text);
        var depth = 0;
        for (var i = 0; i + 1 < tokens.Count && !(depth == 0 && tokens[i].IsWord("with")); i++)
        {
            depth += tokens[i].IsSymbol("(") ? 1 : tokens[i].IsSymbol(")") ? -1 : 0;
            if (depth == 1 && tokens[i + 1].IsName && (tokens[i].IsSymbol("(") || tokens[i].IsSymbol(",")) && !(i + 2 < tokens.Count && tokens[i + 2].IsSymbol("(")))
                yield return tokens[i + 1].Value!;
        }
    }
}
