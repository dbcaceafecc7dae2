using System.Globalization;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans.Rows;

/// <summary>One demand on a table's rows.</summary>
/// <param name="Place">What of a migration demands it.</param>
/// <param name="Subject">What it is, for the case that the server cannot compute it.</param>
/// <param name="Breaks">What rows are that break it, as a sentence whose <c>{0}</c> is "3 rows".</param>
abstract record RowCheck(Location Place, string Subject, string Breaks)
{
    /// <summary>The functions that it calls.</summary>
    public required IReadOnlyList<QualifiedName> Calls { get; init; }

    /// <summary>The columns whose values an example shows.</summary>
    public required IReadOnlyList<string> Shown { get; init; }

    /// <summary>Gives one number: of the rows that break it.</summary>
    public abstract Sql Count { get; }

    /// <summary>Gives one of them: its key and another's as text, or NULL, then the values shown.</summary>
    public abstract Sql Example { get; }

    /// <summary>The label of a row's key.</summary>
    public required string KeyName { get; init; }

    /// <summary>The finding's text.</summary>
    /// <param name="rows">How many rows break it.</param>
    /// <param name="example">What <see cref="Example"/> gave; empty where it did not.</param>
    /// <param name="showsValues">Whether the values may be read by whoever reads the finding; a row's key may.</param>
    public string Describe(long rows, IReadOnlyList<string?> example, bool showsValues)
    {
        var found = string.Format(CultureInfo.InvariantCulture, Breaks, rows == 1 ? "1 row" : $"{rows.ToString(CultureInfo.InvariantCulture)} rows");
        IReadOnlyList<string> shown = example.Count == 0 ? [] :
        [
            .. example[0] is { } one ? [$"{KeyName} = {Shorten(one, 40)}{(example[1] is { } other ? $" and {Shorten(other, 40)}" : "")}"] : (string[])[],
            .. showsValues ? Shown.Select((name, i) => $"{name} = {(example[i + 2] is { } value ? Shorten(value, 40) : "NULL")}") : [],
        ];
        return shown.Count == 0 ? found : $"{found} (such as {string.Join(", ", shown)})";
    }

    /// <summary>A text on one line, or the beginning of it.</summary>
    public static string Shorten(string text, int length)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        var end = char.IsHighSurrogate(line.Length > length ? line[length - 1] : ' ') ? length - 1 : length;
        return line.Length > length ? $"{line.Substring(0, end)}…" : line;
    }
}

/// <summary>A demand on each row by itself.</summary>
/// <param name="Place">What of a migration demands it.</param>
/// <param name="Subject">What it is.</param>
/// <param name="Breaks">What rows are that break it.</param>
/// <param name="Rows">The table's rows.</param>
/// <param name="Values">The values that it is about.</param>
/// <param name="Broken">Whether they break it; null where it is enough that they can be computed.</param>
sealed record ScanCheck(Location Place, string Subject, string Breaks, NewRows Rows, IReadOnlyList<NewValue> Values, Sql? Broken) : RowCheck(Place, Subject, Breaks)
{
    /// <summary>The number, as an aggregate over the rows. What is only to be computed is computed, and counts as nothing.</summary>
    public Sql Aggregate => Broken is null
        ? Sql.Of($"pg_catalog.count({new Ident(Values[0].Alias)}) * 0")
        : Sql.Of($"pg_catalog.count(*) FILTER (WHERE {Broken})");

    public override Sql Count => Together([this]);

    public override Sql Example => Sql.Of(
        $"SELECT {Rows.KeyText}, NULL{Shown.Select(c => Sql.Of($"CAST({new Ident(Rows.After.Find(c)!.Physical)} AS pg_catalog.text)")).Aggregate(Sql.Empty, (all, one) => Sql.Of($"{all}, {one}"))} FROM {Rows.With(Values)} WHERE {Broken ?? Sql.Of($"false")} LIMIT 1");

    /// <summary>The numbers of several checks of one table, in one pass.</summary>
    public static Sql Together(IReadOnlyList<ScanCheck> checks) => Sql.Of(
        $"SELECT {checks.Select(c => c.Aggregate)} FROM {checks[0].Rows.With([.. checks.SelectMany(c => c.Values)])}");
}

/// <summary>A demand on rows together.</summary>
/// <param name="Place">What of a migration demands it.</param>
/// <param name="Subject">What it is.</param>
/// <param name="Breaks">What rows are that break it.</param>
/// <param name="Groups">What follows FROM: groups of rows that break it, each with <c>n</c>, <c>one</c>, <c>other</c> and the values shown.</param>
sealed record GroupCheck(Location Place, string Subject, string Breaks, Sql Groups) : RowCheck(Place, Subject, Breaks)
{
    public override Sql Count => Sql.Of($"SELECT COALESCE(CAST(pg_catalog.sum(n) AS pg_catalog.int8), 0) FROM {Groups}");

    public override Sql Example => Sql.Of(
        $"SELECT one, other{Shown.Select((_, i) => Sql.Of($"CAST({new Ident($"k{i}")} AS pg_catalog.text)")).Aggregate(Sql.Empty, (all, one) => Sql.Of($"{all}, {one}"))} FROM {Groups} LIMIT 1");
}
