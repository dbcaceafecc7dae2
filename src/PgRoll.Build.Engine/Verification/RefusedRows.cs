using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine.Verification.Rows;
using PgRoll.Build.Model;
using PgRoll.Build.Plans;
using PgRoll.Build.Plans.Parts;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Verification;

/// <summary>Finds out what of a rollout refuses a row that its version takes by itself, and tells it.</summary>
/// <param name="subject">The rollout.</param>
/// <param name="client">A client, for trying single expressions.</param>
sealed class RefusedRows(ProofSubject subject, VersionClient client)
{
    readonly RolloutMap _map = subject.Map;

    /// <param name="isOld">Whether they are rows of the old version.</param>
    /// <param name="refused">The rows and why.</param>
    /// <param name="ct">Cancels.</param>
    public async Task TellAsync(bool isOld, IReadOnlyList<(CandidateRow Row, Refusal Refusal)> refused, CancellationToken ct)
    {
        foreach (var (row, refusal) in refused.OrderBy(r => r.Row.Kind))
        {
            var (place, what, columns) = await CauseAsync(isOld, row, refusal, ct);
            // Rows that are made up know nothing of what a check is about.
            var isRule = refusal.State == Npgsql.PostgresErrorCodes.CheckViolation && !what.StartsWith("NOT NULL", StringComparison.Ordinal) && subject.Data is null;
            var shown = row.Values.Where(v => subject.ShowsValues && columns.Contains(v.Column)).Take(4).Select(v => $"{v.Column} = {row.Text(v.Column)}").ToList();
            var example = shown.Count == 0 ? "" : $" (such as {string.Join(", ", shown)})";
            subject.Findings.Add(isOld ? VerifyRules.OldRowRefused : VerifyRules.NewRowRefused, row.IsUsual && !isRule ? Severity.Error : Severity.Warning, place,
                $"{what} does not take a row of '{row.Table}' that the {(isOld ? "old" : "new")} version takes{example}: {(subject.ShowsValues ? refusal : refusal.WithoutValues)}");
        }
    }

    async Task<(Location Place, string What, IReadOnlyList<string> Columns)> CauseAsync(bool isOld, CandidateRow row, Refusal refusal, CancellationToken ct)
    {
        var change = _map.Changes.FirstOrDefault(c => (isOld ? c.Table.Before.Name : c.Table.After.Name) == row.Table);
        if (change.Table is not { } table)
            return (_map.HasRawSql ? _map.RawSql(onComplete: false) : _map.FirstOperation, "The rollout", []);
        var computed = isOld ? change.Map.Ups : change.Map.Downs;
        if (refusal.Constraint.Length > 0 && OfConstraint(isOld, change, refusal.Constraint) is { } constraint)
            return constraint;
        if (refusal.State == Npgsql.PostgresErrorCodes.NotNullViolation && refusal.Column.Length > 0
            && computed.FirstOrDefault(c => c.Column.Physical == refusal.Column) is { } forbids)
            return isOld ? (NotNull(change, forbids.Column), $"NOT NULL of '{table.After.Name}.{forbids.Column.Name}'", Inputs(table, forbids, isOld)) : Of(change, forbids, isOld);
        foreach (var one in computed)
            if ((await client.TryAsync([Assign(table, one, row, isOld)], ct))[0] is not null)
                return Of(change, one, isOld);
        return computed.Count > 0 ? Of(change, computed[0], isOld) : (_map.OperationOf(table.Before.Physical), "The rollout", []);
    }

    (Location Place, string What, IReadOnlyList<string> Columns)? OfConstraint(bool isOld, (TableChange Table, RowMap Map) change, string name)
    {
        var table = change.Table;
        foreach (var column in table.After.Columns)
            if (name == GeneratedNames.NotNullCheck(column.Name) || name == GeneratedNames.NotNullCheck(column.Physical) || name == GeneratedNames.CopiedNotNullCheck(column.Physical))
                return (NotNull(change, column), $"NOT NULL of '{table.After.Name}.{column.Name}'",
                    change.Map.Ups.FirstOrDefault(u => u.Column.Physical == column.Physical) is { } up ? Inputs(table, up, isOld) : [column.Name]);
        if (table.NewConstraints.FirstOrDefault(c => c.Physical == name) is { } added)
            return (_map.Origins.Constraint(table, added) ?? _map.OperationOf(table.Before.Physical), $"'{added.Name}'", Columns(change, added.Columns, isOld));
        if (table.NewIndexes.FirstOrDefault(i => i.Physical == name) is { } index)
            return (_map.Origins.Index(table, index) ?? _map.OperationOf(table.Before.Physical), $"'{index.Name}'", Columns(change, index.Columns, isOld));
        if (table.Before.Constraints.FirstOrDefault(c => c.Physical == name) is { } old
            && change.Map.Downs.FirstOrDefault(d => old.Columns.Contains(d.Column.Name)) is { } down && !isOld)
            return Of(change, down, isOld);
        return null;
    }

    (Location Place, string What, IReadOnlyList<string> Columns) Of((TableChange Table, RowMap Map) change, ComputedColumn computed, bool isOld) =>
        (PlaceOf(change, computed, isOld), $"`{(isOld ? "up" : "down")}` of '{change.Table.After.Name}.{computed.Column.Name}'", Inputs(change.Table, computed, isOld));

    Location PlaceOf((TableChange Table, RowMap Map) change, ComputedColumn computed, bool isOld) =>
        _map.Expression(change.Table, change.Map, computed, isOld ? "up" : "down")
        ?? _map.Direction(change.Table, isOld ? computed.Column : change.Table.After.Columns.FirstOrDefault(c => change.Table.Origin(c) == computed.Column) ?? computed.Column, isOld ? "up" : "down");

    /// <summary>That an added column is NOT NULL is mostly not written; what makes it NULL is.</summary>
    Location NotNull((TableChange Table, RowMap Map) change, Column column)
    {
        var said = _map.Origins.NotNull(change.Table, column);
        var up = change.Map.Ups.FirstOrDefault(u => u.Column.Physical == column.Physical);
        return said?.Path.Contains(".add_column.", StringComparison.Ordinal) == true && up is not null && _map.Expression(change.Table, change.Map, up, "up") is { } expression
            ? expression : said ?? _map.OperationOf(change.Table.Before.Physical);
    }

    static IReadOnlyList<string> Columns((TableChange Table, RowMap Map) change, IReadOnlyList<string> columns, bool isOld) =>
        isOld ? [.. columns.SelectMany(c => change.Map.NewValues.TryGetValue(c, out var value) ? Names(change.Table.Before, value) : [])] : columns;

    static IReadOnlyList<string> Inputs(TableChange table, ComputedColumn computed, bool isOld) => Names(isOld ? table.Before : table.After, computed.Value);

    static IReadOnlyList<string> Names(Table version, RowValue value) => [.. value.Inputs.Distinct().Select(i => version.Columns.FirstOrDefault(c => c.Physical == i)?.Name).OfType<string>()];

    /// <summary>The value alone, given to a variable of the column's type as the column would be.</summary>
    Sql Assign(TableChange table, ComputedColumn computed, CandidateRow row, bool isOld)
    {
        var version = isOld ? table.Before : table.After;
        var value = computed.Value.Over(physical => version.Columns.FirstOrDefault(c => c.Physical == physical) is { } column && row.Values.FirstOrDefault(v => v.Column == column.Name) is { } said
            ? Sql.Of($"CAST({said.In(client.Schema)} AS {column.Type})") : Sql.Of($"NULL"));
        return Sql.Of($"DO {Sql.DollarQuoted(Sql.Of($"DECLARE v {computed.Column.Type}; BEGIN v := {value}; END"))}");
    }
}
