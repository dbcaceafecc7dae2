using PgRoll.Build.Model;

namespace PgRoll.Build.Statements.Replay;

/// <summary>Constraints, under the names that the server gives to those that have none.</summary>
static class ConstraintReplay
{
    /// <summary>The schema with one more constraint.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="tableName">The table.</param>
    /// <param name="definition">The constraint.</param>
    /// <param name="place">The schema of names that have none.</param>
    public static Schema Add(Schema schema, string tableName, ConstraintDefinition definition, string place)
    {
        if (schema.Find(tableName) is not { } table)
            return schema;
        if (definition is NotNullDefinition notNull)
            return schema.Replace(table, t => t.Replace(notNull.On.Text, c => c with { IsNullable = false, NotNull = notNull.Name is { } name ? new(name.Text) : c.NotNull }));
        if (definition is KeyDefinition { UsingIndex: { } index } promoted)
            return Promote(schema, table, promoted, index.Text);
        var constraint = ToConstraint(schema, table, definition, place);
        if (constraint is null || table.FindConstraint(constraint.Name) is not null)
            return schema;
        return schema.Replace(table, t => Forbid(t, constraint) with { Constraints = [.. t.Constraints, constraint] });
    }

    /// <summary>An index becomes a constraint's.</summary>
    static Schema Promote(Schema schema, Table table, KeyDefinition definition, string index)
    {
        if (table.Indexes.FirstOrDefault(i => i.Name == index) is not { } found)
            return schema;
        var constraint = new UniqueConstraint(definition.Name?.Text ?? index) { Columns = found.Columns, IsPrimaryKey = definition.IsPrimaryKey, Deferral = definition.Deferral };
        return schema.Replace(table, t => Forbid(t, constraint) with
        {
            Indexes = [.. t.Indexes.Where(i => i.Name != index)],
            Constraints = [.. t.Constraints, constraint],
        });
    }

    /// <summary>A primary key holds no NULL.</summary>
    static Table Forbid(Table table, Constraint constraint) => constraint is not UniqueConstraint { IsPrimaryKey: true } key ? table : table with
    {
        Columns = [.. table.Columns.Select(c => key.Columns.Contains(c.Name) ? c with { IsNullable = false } : c)],
    };

    static Constraint? ToConstraint(Schema schema, Table table, ConstraintDefinition definition, string place) => definition switch
    {
        KeyDefinition key => new UniqueConstraint(key.Name?.Text ?? (key.IsPrimaryKey ? schema.Choose(table.Name, null, "pkey") : schema.Choose(table.Name, Joined(key.Columns.Concat(key.Include)), "key")))
        {
            Columns = Texts(key.Columns),
            Include = Texts(key.Include),
            IsPrimaryKey = key.IsPrimaryKey,
            NullsNotDistinct = key.NullsNotDistinct,
            IsWithoutOverlaps = key.IsWithoutOverlaps,
            Deferral = key.Deferral,
            StorageParameters = key.StorageParameters,
            Tablespace = key.Tablespace?.Text,
        },
        CheckDefinition check => ToCheck(schema, table, check),
        ForeignKeyDefinition key => ToForeignKey(schema, table, key, place),
        ExclusionDefinition exclusion => ToExclusion(schema, table, exclusion),
        _ => null,
    };

    static CheckConstraint ToCheck(Schema schema, Table table, CheckDefinition check)
    {
        var columns = table.ColumnsIn(check.Expression.Value);
        return new(check.Name?.Text ?? Choose(schema, table.Name, columns.Count == 1 ? columns[0] : null, "check"), check.Expression.Value)
        {
            Columns = columns,
            NoInherit = check.NoInherit,
            IsValid = !check.IsNotValid && check.IsEnforced,
            IsEnforced = check.IsEnforced,
        };
    }

    static ForeignKey ToForeignKey(Schema schema, Table table, ForeignKeyDefinition key, string place)
    {
        var other = key.Referenced.Schema ?? place;
        var isOurs = other == schema.Name;
        var target = isOurs ? schema.Find(key.Referenced.Name) : null;
        return new(key.Name?.Text ?? Choose(schema, table.Name, Joined(key.Columns), "fkey"), key.Referenced.Name,
            key.ReferencedColumns.Count > 0 ? Texts(key.ReferencedColumns) : target?.PrimaryKey?.Columns ?? [])
        {
            Columns = Texts(key.Columns),
            ReferencedSchema = isOurs ? null : other,
            OnDelete = key.OnDelete,
            OnDeleteSetColumns = Texts(key.OnDeleteSetColumns),
            OnUpdate = key.OnUpdate,
            MatchFull = key.IsMatchFull,
            HasPeriod = key.HasPeriod,
            Deferral = key.Deferral,
            IsValid = !key.IsNotValid && key.IsEnforced,
            IsEnforced = key.IsEnforced,
        };
    }

    static ExclusionConstraint ToExclusion(Schema schema, Table table, ExclusionDefinition exclusion)
    {
        var columns = table.ColumnsIn(exclusion.Definition);
        return new(exclusion.Name?.Text ?? schema.Choose(table.Name, IndexReplay.Joined(exclusion.Keys), "excl"), exclusion.Definition) { Columns = columns, Deferral = exclusion.Deferral };
    }

    /// <summary>Constraints without an index of their own have their names for themselves, among all tables of the schema.</summary>
    static string Choose(Schema schema, string table, string? column, string label)
    {
        var chosen = PostgresNames.Choose(table, column, label);
        for (var i = 1; schema.MayHold(chosen) && schema.Tables.Any(t => t.FindConstraint(chosen) is not null); i++)
            chosen = PostgresNames.Choose(table, column, FormattableString.Invariant($"{label}{i}"));
        return chosen;
    }

    static string Joined(IEnumerable<Name> columns) => string.Join("_", columns);

    static IReadOnlyList<string> Texts(IEnumerable<Name> names) => [.. names.Select(name => name.Text)];
}
