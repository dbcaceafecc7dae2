using PgRoll.Build.Model;
using PgRoll.Build.Plans.Parts;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans.Rows;

/// <summary>The rows of a table as the new version will show them, computed from what is there.</summary>
/// <param name="Before">The table of the old version.</param>
/// <param name="After">The table of the new version.</param>
/// <param name="Name">Its name in the database.</param>
/// <param name="Map">How values are computed; null where none changes.</param>
sealed record NewRows(Table Before, Table After, QualifiedName Name, RowMap? Map)
{
    /// <summary>The columns of the primary key, as the old version has them.</summary>
    public IReadOnlyList<string> Key { get; } = Before.PrimaryKey?.Columns ?? [];

    /// <summary>What the key is called.</summary>
    public string KeyName => Key.Count == 1 ? Key[0] : $"({string.Join(", ", Key)})";

    /// <summary>A row's key as text; NULL where it has none.</summary>
    public Sql KeyText => Key.Count switch
    {
        0 => Sql.Of($"CAST(NULL AS pg_catalog.text)"),
        1 => Sql.Of($"CAST({KeyColumns.First()} AS pg_catalog.text)"),
        _ => Sql.Of($"CAST(ROW({KeyColumns}) AS pg_catalog.text)"),
    };

    /// <summary>What follows FROM. The fence has each value computed once, however often it is used.</summary>
    public Sql With(IReadOnlyList<NewValue> values)
    {
        var key = Before.PhysicalNames(Key).Select((column, i) => Sql.Of($"{column} AS {KeyAlias(i)}"));
        var all = key.Concat(values.GroupBy(v => v.Alias).Select(same => Sql.Of($"{same.First().Value} AS {new Ident(same.Key)}"))).ToList();
        return Sql.Of($"(SELECT {(all.Count == 0 ? [Sql.Of($"1 AS one")] : all)} FROM {Name} OFFSET 0) r");
    }

    /// <summary>A column's value.</summary>
    public NewValue this[string column]
    {
        get
        {
            var (target, value) = (After.Find(column)!, Of(column));
            var bare = value.Over(c => Sql.Of($"{new Ident(c)}"));
            // A function gives its type without length and precision; what is stored has them.
            return new(target.Physical, value is RowValue.Call && HasKnownLength(target.Type) ? Sql.Of($"CAST({bare} AS {target.Type})") : bare);
        }
    }

    /// <summary>What a column's value is made of.</summary>
    public RowValue Of(string column) => Map is null ? new RowValue.Stored(After.Find(column)!.Physical) : Map.NewValues[column];

    /// <summary>Whether the old version's column has the very value.</summary>
    public bool IsStored(string column) => After.Find(column) is not null && Of(column) is RowValue.Stored;

    /// <summary>The old version's column that has the very value.</summary>
    public Column? Source(string column) => Of(column) is RowValue.Stored stored ? Before.Columns.FirstOrDefault(c => c.Physical == stored.Column) : null;

    /// <summary>
    /// Whether two values are equal for whoever groups them just when they are for an index on the column: no collation but the database's,
    /// which tells any two apart, has a say.
    /// </summary>
    public bool HasPlainEquality(string column) =>
        After.Find(column) is { Collation: null } && Of(column).Inputs.All(input => Before.Columns.FirstOrDefault(c => c.Physical == input) is { Collation: null });

    IEnumerable<Sql> KeyColumns => Key.Select((_, i) => Sql.Of($"{KeyAlias(i)}"));

    static Ident KeyAlias(int i) => new($"_pgroll_key_{i}");

    /// <summary>Types of the server's own, which are found whatever the path.</summary>
    internal static bool HasKnownLength(SqlType type) =>
        type.Canonical is var name && name[name.Length - 1] != ']'
        && (name.StartsWith("numeric(", StringComparison.Ordinal) || name.StartsWith("character varying(", StringComparison.Ordinal)
            || name.StartsWith("character(", StringComparison.Ordinal) || name.StartsWith("time", StringComparison.Ordinal) && name.Contains('('));
}

/// <summary>A value of the new rows.</summary>
/// <param name="Alias">What it is called there: the column's name in the database, unless it is something else.</param>
/// <param name="Value">The value, over the table.</param>
sealed record NewValue(string Alias, Sql Value);
