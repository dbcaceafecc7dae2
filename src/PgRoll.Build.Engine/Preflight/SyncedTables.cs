using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Model;
using PgRoll.Build.Plans;

namespace PgRoll.Build.Engine.Preflight;

/// <summary>What keeps a table's two versions from being kept in step, by a marker column and a trigger.</summary>
sealed class SyncedTables(Session session)
{
    static readonly string RowTypes = Resource.Read("row_types.sql");

    /// <summary>Stops a start.</summary>
    public async Task RefuseAsync(string what, Plan plan, CancellationToken ct)
    {
        var tables = Of(plan);
        if (tables.Count == 0)
            return;
        await RefuseLateTriggersAsync(what, plan.BaseSchema, tables, ct);
        await RefuseRowTypesAsync(what, plan.BaseSchema, tables, ct);
    }

    /// <summary>The tables that get a marker.</summary>
    public static IReadOnlyList<string> Of(Plan plan) =>
        [.. plan.Drops.Where(d => d is { Kind: DropKind.Column, Name: GeneratedNames.Marker }).Select(d => d.Table.Name.Name)];

    /// <summary>Triggers fire by name: one that comes after ours changes rows that ours has computed the other version's values of.</summary>
    async Task RefuseLateTriggersAsync(string what, string schema, IReadOnlyList<string> tables, CancellationToken ct)
    {
        var late = (await new UserTriggers(session).FindAsync(schema, tables, ct)).Where(t => t.IsLate).ToList();
        if (late.Count > 0)
            throw new PgRollException(ExitReason.NotNow,
                $"{what}; nothing was changed. Triggers fire in the order of their names, and these would change rows after the one that keeps both versions in step:{UserTriggers.Lines(late)}"
                + $"{Environment.NewLine}Give them names that sort before '{GeneratedNames.InsertTrigger}' (ALTER TRIGGER … RENAME TO).");
    }

    /// <summary>The server adds no column with a default, as the marker is, to a table whose rows are stored in another one's column.</summary>
    async Task RefuseRowTypesAsync(string what, string schema, IReadOnlyList<string> tables, CancellationToken ct)
    {
        var found = await session.QueryAsync(RowTypes, static row => $"{row.GetString(1)} (rows of '{row.GetString(0)}')", ct, schema, tables.ToArray());
        if (found.Count > 0)
            throw new PgRollException(ExitReason.NotNow,
                $"{what}; nothing was changed. The server adds no column with a default to a table whose row type is that of another's column: {string.Join(", ", found)}. "
                + "Give these columns another type (jsonb, or a composite type of their own), or drop them.");
    }
}
