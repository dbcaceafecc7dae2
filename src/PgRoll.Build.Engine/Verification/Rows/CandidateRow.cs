using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Verification.Rows;

/// <summary>A row to try.</summary>
/// <param name="Table">The table, by the name that its version gives it.</param>
/// <param name="Kind">What it is tried for.</param>
/// <param name="Values">What is said of its columns.</param>
sealed record CandidateRow(string Table, RowKind Kind, IReadOnlyList<CandidateValue> Values)
{
    /// <summary>Whether it is of a sort that most tables have.</summary>
    public bool IsUsual => Kind is RowKind.Ordinary or RowKind.Nulls or RowKind.Defaults;

    /// <summary>How its version shows the row that it is made of; null where it is of none.</summary>
    public string? Shown { get; init; }

    /// <summary>The same row with NULL in a column.</summary>
    public CandidateRow WithNull(string column) => this with { Kind = RowKind.Nulls, Values = [.. Values.Select(v => v.Column == column ? new(column, null) : v)] };

    public Sql Insert(string schema) => Values.Count == 0
        ? Sql.Of($"INSERT INTO {QualifiedName.Of(schema, Table)} DEFAULT VALUES")
        : Sql.Of($"INSERT INTO {QualifiedName.Of(schema, Table)} ({Values.Select(v => new Ident(v.Column))}) VALUES ({Values.Select(v => v.In(schema))})");

    /// <summary>Gives these values to the row that it is made of. A view has no place of a row to go by.</summary>
    public Sql Update(string schema) =>
        Sql.Of($"UPDATE {QualifiedName.Of(schema, Table)} AS r SET {Values.Select(v => Sql.Of($"{new Ident(v.Column)} = {v.In(schema)}"))} WHERE CAST(r AS pg_catalog.text) = {new Literal(Shown!)}");

    /// <summary>Rows that say the same columns, in one statement.</summary>
    public static Sql InsertAll(IReadOnlyList<CandidateRow> rows, string schema) => rows[0].Values.Count == 0
        ? Sql.Join(";\n", rows.Select(row => row.Insert(schema)))
        : Sql.Of($"INSERT INTO {QualifiedName.Of(schema, rows[0].Table)} ({rows[0].Values.Select(v => new Ident(v.Column))}) VALUES {rows.Select(row => Sql.Of($"({row.Values.Select(v => v.In(schema))})"))}");

    /// <summary>The value of a column, for a reader; null where none is said.</summary>
    public string? Text(string column) => Values.FirstOrDefault(v => v.Column == column) is { } value
        ? value.Reference is { } other ? $"{other.Table}.{other.Column}" : value.Text is { } text ? $"'{Plans.Rows.RowCheck.Shorten(text, 40)}'" : "NULL"
        : null;
}

/// <summary>What is said of a column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Text">The value, as the server reads it; null for NULL.</param>
/// <param name="Reference">Where the value is looked up instead; null for nowhere.</param>
sealed record CandidateValue(string Column, string? Text, Lookup? Reference = null)
{
    /// <param name="schema">The version's schema.</param>
    public Sql In(string schema) => Reference is { } other ? other.In(schema) : Text is null ? Sql.Of($"NULL") : Sql.Of($"{new Literal(Text)}");
}

/// <summary>A key of a row that is there: the server has made it, so nobody else knows it.</summary>
/// <param name="Table">The table.</param>
/// <param name="Column">The column of the key whose value it is.</param>
/// <param name="Key">All columns of the key, which say which row is which.</param>
/// <param name="Number">Which of the rows; counted on from the first where there are fewer.</param>
sealed record Lookup(string Table, string Column, IReadOnlyList<string> Key, int Number)
{
    /// <summary>Whether there are surely so many: then nobody has to count a large table.</summary>
    public bool IsAmongFirst { get; init; }

    public Sql In(string schema)
    {
        var name = QualifiedName.Of(schema, Table);
        return IsAmongFirst
            ? Sql.Of($"(SELECT {new Ident(Column)} FROM {name} ORDER BY {Key.Select(Ident.Of)} OFFSET {Number} LIMIT 1)")
            : Sql.Of($"(SELECT {new Ident(Column)} FROM {name} ORDER BY {Key.Select(Ident.Of)} OFFSET (SELECT {Number} % GREATEST(pg_catalog.count(*), 1) FROM {name}) LIMIT 1)");
    }
}
