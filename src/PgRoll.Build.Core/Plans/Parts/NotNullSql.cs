using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans.Parts;

/// <summary>
/// NOT NULL, which PostgreSQL keeps as a constraint with a name from 18 on: the one that it had, or the one the server would give. Left
/// to the server, it would be made of the provisional names of a rollout.
/// </summary>
static class NotNullSql
{
    /// <summary>In a column's definition.</summary>
    public static Sql Inline(string name, ServerFacts facts) => facts.HasNamedNotNull ? Sql.Of($" CONSTRAINT {new Ident(name)} NOT NULL") : Sql.Of($" NOT NULL");

    /// <summary>On the new half of a column. Where a valid check says the same, the server scans nothing.</summary>
    public static Sql Set(TableChange table, Column column, ServerFacts facts)
    {
        if (!facts.HasNamedNotNull)
            return Sql.Of($"ALTER TABLE {table.Name} ALTER COLUMN {new Ident(column.Physical)} SET NOT NULL");
        var noInherit = column.NotNull is { NoInherit: true } ? Sql.Of($" NO INHERIT") : Sql.Empty;
        var notValid = column.NotNull is { IsValid: false } ? Sql.Of($" NOT VALID") : Sql.Empty;
        return Sql.Of($"ALTER TABLE {table.Name} ADD CONSTRAINT {new Ident(Provisional(table, column))} NOT NULL {new Ident(column.Physical)}{noInherit}{notValid}");
    }

    /// <summary>The constraints' names in the database when all columns have theirs, and their final ones.</summary>
    public static IEnumerable<Rename> Names(TableChange table, ServerFacts facts) => !facts.HasNamedNotNull ? [] :
        from column in table.After.Columns
        where !column.IsNullable && (column.NotNull is not null || !column.HasNotNullDomain)
        let name = Name(table.After, column)
        select new Rename(table.NewColumns.Contains(column) ? Provisional(table, column) : name, name, Sql.Of($"CONSTRAINT"));

    /// <summary>The name that it has, or that the server would choose.</summary>
    public static string Name(Table table, Column column)
    {
        if (column.NotNull is { } known)
            return known.Name;
        var taken = new HashSet<string>(table.Constraints.Select(c => c.Name).Concat(table.Columns.Select(c => c.NotNull?.Name).OfType<string>()));
        var name = PostgresNames.Choose(table.Name, column.Name, "not_null");
        for (var i = 1; taken.Contains(name); i++)
            name = PostgresNames.Choose(table.Name, column.Name, $"not_null{i}");
        return name;
    }

    /// <summary>Its own name, unless something has it until the old half goes.</summary>
    public static string Provisional(TableChange table, Column column)
    {
        var name = Name(table.After, column);
        return table.Before.Constraints.Any(c => c.Physical == name) || table.Before.Columns.Any(c => !c.IsNullable && Name(table.Before, c) == name)
            ? GeneratedNames.Copy(name)
            : name;
    }
}
