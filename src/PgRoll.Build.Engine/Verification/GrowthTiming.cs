using System.Diagnostics;
using Npgsql;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine.Verification.Rows;
using PgRoll.Build.Migrations;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Verification;

/// <summary>Times a rollout with more and more rows in the tables that it changes, and tells where time grows faster than they do.</summary>
sealed class GrowthTiming(ProofSubject subject, IReadOnlyList<MigrationFile> files)
{
    const int Batch = 500;

    /// <summary>What is over in so little time is noise.</summary>
    static readonly TimeSpan Noise = TimeSpan.FromSeconds(1);

    /// <summary>Times a rollout, in a fresh database.</summary>
    /// <param name="rows">How many rows each table gets.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null where the tables do not take such rows, or the rollout does not.</returns>
    public async Task<RowsTime?> MeasureAsync(int rows, CancellationToken ct)
    {
        try
        {
            await using (var client = await subject.OldAsync(ct))
                await FillAsync(client, rows, ct);
            var runner = new MigrationRunner(subject.Options with { RowCheckTime = TimeSpan.Zero });
            var watch = Stopwatch.StartNew();
            await runner.StartAsync(files, ct);
            var start = watch.Elapsed;
            await runner.CompleteAsync(ct);
            return new(rows, start, watch.Elapsed - start);
        }
        catch (Exception error) when (error is PostgresException server && !ServerError.IsLostSession(server) || error is PgRollException { Reason: not ExitReason.Interrupted })
        {
            return null;
        }
    }

    public void Tell(IReadOnlyList<RowsTime> times)
    {
        foreach (var (less, more) in times.Zip(times.Skip(1)))
        {
            Tell("start", less.Rows, less.Start, more.Rows, more.Start);
            Tell("complete", less.Rows, less.Complete, more.Rows, more.Complete);
        }
    }

    void Tell(string command, int few, TimeSpan less, int many, TimeSpan more)
    {
        if (more > Noise && more / less > 2.0 * many / few)
            subject.Findings.Add(VerifyRules.GrowsFaster, command == "start" ? subject.Map.FirstExpression : subject.Map.FirstOperation, command, $"{less.TotalSeconds:0.0} s", few, $"{more.TotalSeconds:0.0} s", many);
    }

    async Task FillAsync(VersionClient client, int rows, CancellationToken ct)
    {
        var types = await TypeValues.ReadAsync(client.Session, subject.Map.OldTargets.SelectMany(t => t.Table.Columns).Select(c => c.Type.Canonical), ct);
        foreach (var target in subject.Map.OldTargets)
        {
            var made = new RowGenerator(types, rows, 0).Ordinary(subject.Map.Before, target, target.IsConcerned ? rows : Batch);
            foreach (var batch in made.Chunk(Batch))
                await client.Session.ExecuteAsync(CandidateRow.InsertAll(batch, client.Schema).Text, ct);
            await client.Session.ExecuteAsync(Sql.Of($"ANALYZE {QualifiedName.Of(subject.Map.Before.Name, target.Table.Physical)}").Text, ct);
        }
    }
}
