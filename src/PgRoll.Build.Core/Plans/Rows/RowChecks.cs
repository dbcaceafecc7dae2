using PgRoll.Build.Diagnostics;
using PgRoll.Build.Model;
using PgRoll.Build.Plans.Parts;

namespace PgRoll.Build.Plans.Rows;

/// <summary>
/// What the rows that are there must be for <c>start</c> to succeed: for each thing that the rollout demands of them, the query that finds
/// those which break it. Asked of the values that rows will have in the new version, which nobody has computed yet. What the old version
/// proves already is left out, and what cannot be asked with certainty: <c>start</c> proves everything itself.
/// </summary>
/// <param name="Functions">The expressions, as the functions that start makes of them; creating them shows whether the server takes them.</param>
/// <param name="Tables">What is asked of each table.</param>
sealed record RowChecks(IReadOnlyList<CheckedFunction> Functions, IReadOnlyList<TableChecks> Tables)
{
    /// <summary>The checks of a rollout.</summary>
    /// <param name="request">What is planned.</param>
    /// <param name="isOpen">Whether a table's new values are not what the expressions say, since triggers have their say as well.</param>
    public static RowChecks Of(PlanRequest request, Func<string, bool> isOpen)
    {
        var rollout = new Rollout(request);
        var anywhere = new Location(request.Migrations[request.Migrations.Count - 1].Document.File, "", TextSpan.Start);
        var kept = rollout.Kept.ToDictionary(k => k.Table.After.Physical);
        List<CheckedFunction> functions =
            [.. from k in rollout.Kept from f in k.Map.Functions select new CheckedFunction(f, request.Origins.Expression(k.Table, f) ?? anywhere)];
        List<TableChecks> tables = [];
        foreach (var (table, map) in rollout.Kept.Where(k => !k.Table.Before.IsInherited && !isOpen(k.Table.After.Physical)))
        {
            var own = new NewRows(table.Before, table.After, table.Name, map);
            var all = new TableQuestions(request, own, table, map, functions.Count, anywhere, key => Target(key, request, kept, isOpen));
            functions.AddRange(all.Functions);
            if (all.Scans.Count + all.Groups.Count > 0)
                tables.Add(new(own, all.Scans, all.Groups));
        }
        return new(functions, tables);
    }

    /// <summary>The rows that a foreign key may point to; null where nothing is known of them.</summary>
    static NewRows? Target(ForeignKey key, PlanRequest request, Dictionary<string, (TableChange Table, RowMap Map)> kept, Func<string, bool> isOpen)
    {
        if (key.ReferencedSchema is not null || request.After.Find(key.ReferencedTable) is not { } target || isOpen(target.Physical))
            return null;
        var name = SqlText.QualifiedName.Of(request.Before.Name, target.Physical);
        return kept.TryGetValue(target.Physical, out var change) ? new(change.Table.Before, target, name, change.Map) : new(target, target, name, null);
    }
}

/// <summary>An expression to try.</summary>
/// <param name="Function">The function that holds it.</param>
/// <param name="Place">Where it is written.</param>
sealed record CheckedFunction(ExpressionFunction Function, Location Place)
{
    /// <summary>
    /// Whether start makes something else of it, a constraint or an index: there columns can be named in ways that a function has not.
    /// </summary>
    public bool IsMadeForCheck { get; init; }
}

/// <summary>What is asked of a table.</summary>
/// <param name="Rows">Its rows.</param>
/// <param name="Scans">What looking at each row answers; all together in one pass.</param>
/// <param name="Groups">What takes all rows at once.</param>
sealed record TableChecks(NewRows Rows, IReadOnlyList<ScanCheck> Scans, IReadOnlyList<RowCheck> Groups);
