using Npgsql;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Model;
using PgRoll.Build.Plans;
using PgRoll.Build.Plans.Parts;
using PgRoll.Build.Plans.Rows;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Verification;

/// <summary>
/// Looks, while both versions are live, whether each row's values are what the expressions make of the other version's, and whether one
/// way undoes the other. The table holds both, and the rollout's own functions compute what should be there.
/// </summary>
sealed class MappedRows(ProofSubject subject, Session session)
{
    readonly RolloutMap _map = subject.Map;

    /// <summary>Rows that the old version wrote, or that the backfill reached: the new version's values are those of <c>up</c>.</summary>
    public async Task CheckUpsAsync(string when, CancellationToken ct)
    {
        foreach (var (table, own) in _map.Changes)
            foreach (var up in own.Ups)
                if (RolloutMap.IsRepeatable(own, up) && _map.Expression(table, own, up, "up") is { } place)
                    await CompareAsync(table, up, table.Before, place, when, Sql.Empty, ct);
    }

    /// <summary>Rows that the new version wrote: the old version's values are those of <c>down</c>.</summary>
    /// <param name="when">Which they are.</param>
    /// <param name="others">Where the other rows are, by the table's name in the database.</param>
    /// <param name="ct">Cancels.</param>
    public async Task CheckDownsAsync(string when, IReadOnlyDictionary<string, IReadOnlyList<string>> others, CancellationToken ct)
    {
        foreach (var (table, own) in _map.Changes)
            foreach (var down in own.Downs)
                if (RolloutMap.IsRepeatable(own, down) && _map.Expression(table, own, down, "down") is { } place)
                    await CompareAsync(table, down, table.After, place, when, Except(others[table.Before.Physical]), ct);
    }

    /// <summary>Rows that the old version wrote come back as they were. What a new rule of the column makes <c>up</c> repair is meant to stay so.</summary>
    public async Task CheckRoundTripsAsync(CancellationToken ct)
    {
        foreach (var (table, own) in _map.Changes)
            foreach (var down in own.Downs)
                if (_map.Expression(table, own, down, "down") is { } place && IsTranslated(table, own, down))
                {
                    var (old, again) = (Sql.Of($"{new Ident(down.Column.Physical)}"), Value(down));
                    var differing = await FindAsync(table, old, again, Sql.Of($" AND {old} IS DISTINCT FROM NULL"), place, ct);
                    if (differing is { } row)
                        subject.Findings.Add(VerifyRules.LossyRoundTrip, place,
                            $"`down` of '{table.Before.Name}.{down.Column.Name}' does not give back what the old version wrote: {Show(row.Stored)} comes back as {(subject.ShowsValues ? Show(row.Computed) : "another")}");
                }
    }

    /// <summary>Where each row is, by the table's name in the database.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> PlacesAsync(CancellationToken ct)
    {
        Dictionary<string, IReadOnlyList<string>> places = [];
        foreach (var (table, _) in _map.Changes)
            places[table.Before.Physical] = await session.QueryAsync(Sql.Of($"SELECT ctid::text FROM {table.Name}").Text, static row => row.GetString(0), ct);
        return places;
    }

    async Task CompareAsync(TableChange table, ComputedColumn computed, Table from, Location place, string when, Sql rest, CancellationToken ct)
    {
        if (await FindAsync(table, Sql.Of($"{new Ident(computed.Column.Physical)}"), Value(computed), rest, place, ct) is not { } row)
            return;
        var inputs = computed.Value.Inputs.Distinct().Select(i => from.Columns.FirstOrDefault(c => c.Physical == i)?.Name).OfType<string>().ToList();
        subject.Findings.Add(VerifyRules.NotRepeatable, place,
            $"'{table.After.Name}.{computed.Column.Name}' was {Show(row.Stored)} {when}, and is {(subject.ShowsValues ? Show(row.Computed) : "another")} when it is computed again{(inputs.Count == 0 ? "" : $" from the same {string.Join(", ", inputs)}")}");
    }

    /// <summary>A row in which two values differ. Where one cannot be computed, that is what is found.</summary>
    async Task<(string? Stored, string? Computed)?> FindAsync(TableChange table, Sql stored, Sql computed, Sql rest, Location place, CancellationToken ct)
    {
        var query = Sql.Of(
            $"""
             SELECT CAST(stored AS pg_catalog.text), CAST(computed AS pg_catalog.text)
             FROM (SELECT {stored} AS stored, {computed} AS computed FROM {table.Name} WHERE true{rest} OFFSET 0) r
             WHERE CAST(stored AS pg_catalog.text) IS DISTINCT FROM CAST(computed AS pg_catalog.text) LIMIT 1
             """);
        try
        {
            var rows = await session.QueryAsync(query.Text, static row => (Text(row, 0), Text(row, 1)), ct);
            return rows.Count == 0 ? null : rows[0];
        }
        catch (PostgresException error) when (!ServerError.IsLostSession(error))
        {
            subject.Findings.Add(VerifyRules.NewRowRefused, Severity.Warning, place, $"What the old version wrote into '{table.Before.Name}' cannot be converted back: {(subject.ShowsValues ? $"{error.SqlState}: {RowCheck.Shorten(error.MessageText, 200)}" : $"SQLSTATE {error.SqlState}")}");
            return null;
        }
    }

    static Sql Value(ComputedColumn computed)
    {
        var bare = computed.Value.Over(static c => Sql.Of($"{new Ident(c)}"));
        return NewRows.HasKnownLength(computed.Column.Type) ? Sql.Of($"CAST({bare} AS {computed.Column.Type})") : bare;
    }

    /// <summary>Whether it is made of the column's other half, and nothing new is demanded of that.</summary>
    static bool IsTranslated(TableChange table, RowMap own, ComputedColumn down) =>
        table.After.Columns.FirstOrDefault(c => table.Origin(c) is { } origin && origin.Physical == down.Column.Physical) is { } other
        && own.Ups.Any(up => up.Column.Physical == other.Physical) && down.Value.Inputs.Contains(other.Physical)
        && !table.After.Constraints.Any(c => c.Columns.Contains(other.Name) && table.Before.FindConstraint(c.Name) is null);

    static Sql Except(IReadOnlyList<string> places) => Sql.Of($" AND ctid <> ALL (CAST({new Literal($"{{{string.Join(',', places.Select(p => $"\"{p}\""))}}}")} AS pg_catalog.tid[]))");

    static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    string Show(string? value) => !subject.ShowsValues ? "a value" : value is null ? "NULL" : $"'{RowCheck.Shorten(value, 40)}'";
}
