using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Plans;

namespace PgRoll.Build.Engine.Preflight;

/// <summary>
/// Finds what hangs on the things that <c>complete</c> drops and does not go with them: views, policies, foreign keys of other schemas
/// and whatever else the server keeps account of. It would make <c>complete</c> fail, so <c>start</c> does not begin.
/// </summary>
sealed class Dependents(Session session)
{
    static readonly string Query = Resource.Read("dependents.sql");

    /// <summary>The objects that stand in the way; empty for none.</summary>
    public async Task<IReadOnlyList<Dependent>> FindAsync(Plan plan, CancellationToken ct)
    {
        if (plan.Drops.Count == 0)
            return [];
        (string? Schema, string View)[] ours =
            [.. plan.PreviousViews.Select(view => (plan.PreviousVersionSchema, view)), .. plan.Views.Select(view => (plan.VersionSchema, view))];
        var found = await session.QueryAsync(Query,
            static row => (Type: row.GetString(0), Identity: row.GetString(1), On: Words(Enum.Parse<DropKind>(row.GetString(2)), row.GetString(3), row.GetString(4))), ct,
            plan.BaseSchema,
            plan.Drops.Select(d => d.Kind.ToString()).ToArray(),
            plan.Drops.Select(d => d.Table.Name.Name).ToArray(),
            plan.Drops.Select(d => d.Name).ToArray(),
            plan.Drops.Select(d => d.KeptSequence).OfType<string>().ToArray(),
            ours.Select(o => o.Schema ?? "").ToArray(),
            ours.Select(o => o.View).ToArray());
        return [.. found.GroupBy(f => (f.Type, f.Identity), (one, all) => new Dependent(one.Type, one.Identity, [.. all.Select(f => f.On)]))];
    }

    /// <summary>Stops a command if something stands in the way.</summary>
    public async Task RefuseAsync(string what, Plan plan, CancellationToken ct)
    {
        if (await FindAsync(plan, ct) is { Count: > 0 } found)
            throw new PgRollException(ExitReason.NotNow, $"{what}; nothing was changed. `complete` would drop what others need:{Lines(found)}");
    }

    /// <summary>One line for each.</summary>
    public static string Lines(IEnumerable<Dependent> found) => string.Concat(found.Select(d => $"{Environment.NewLine}  {d}"));

    static string Words(DropKind kind, string table, string name) => kind switch
    {
        DropKind.Table => $"table '{table}'",
        DropKind.Index => $"index '{name}'",
        DropKind.Constraint => $"constraint '{name}' of '{table}'",
        _ => $"column '{name}' of '{table}'",
    };
}
