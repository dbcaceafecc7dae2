using System.Globalization;
using PgRoll.Build.Engine.Verification;

namespace PgRoll.Build.Cli.Output.Verifications;

/// <summary>What reports for people say of a proof, in whatever they are written.</summary>
static class VerifyWords
{
    public static string Server(Verification server)
    {
        var history = server.ReusedPrefix is { } prefix ? $" The history up to {prefix} was there from an earlier run." : "";
        return $"PostgreSQL {server.ServerVersion}: {(server.Rollouts.Count == 1 ? "1 rollout" : $"{server.Rollouts.Count} rollouts")} in {TimeText.Measured(server.Elapsed)}.{history}";
    }

    public static string Name(ProvedRollout rollout) => $"{string.Join(", ", rollout.Migrations)}{(rollout.Migrations.Count > 1 ? " as one rollout" : "")}";

    public static string Lock(TakenLock held) => $"{held.Mode} on {held.Relation}{(held.IsAnnounced ? "" : " (not in the plan)")}";

    public static string Rows(ExercisedTable table) => string.Create(CultureInfo.InvariantCulture,
        $"{table.Table} {table.Accepted}{(table.Refused == 0 ? "" : $" ({table.Refused} more refused by the table itself)")}");

    public static string Growth(RowsTime time) => string.Create(CultureInfo.InvariantCulture,
        $"{time.Rows:N0} rows: start {TimeText.Measured(time.Start)}, complete {TimeText.Measured(time.Complete)}");
}
