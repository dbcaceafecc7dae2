using System.Diagnostics;
using Npgsql;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Engine.State;
using PgRoll.Build.Migrations;
using PgRoll.Build.Plans;

namespace PgRoll.Build.Engine.Verification;

/// <summary>Runs the commands of a rollout, and notes the time and the locks of each, or what the server has against it.</summary>
sealed class CommandTrial(ProofSubject subject, IReadOnlyList<MigrationFile> files)
{
    static readonly IReadOnlyList<string> Order = ["start", "rollback", "complete"];

    readonly LockWatch _locks = new();
    readonly StepTimes _times = new();
    readonly Dictionary<string, ProvedPhase> _phases = [];
    Plan? _plan;

    /// <summary>Each command the last time that it ran.</summary>
    public IReadOnlyList<ProvedPhase> Phases => [.. Order.Where(_phases.ContainsKey).Select(name => _phases[name])];

    /// <param name="own">Looks at the database from aside.</param>
    /// <param name="ct">Cancels.</param>
    public Task<bool> StartAsync(Session own, CancellationToken ct) => TryAsync("start", VerifyRules.StartRefused, runner => runner.StartAsync(files, ct), own, ct);

    /// <inheritdoc cref="StartAsync"/>
    public Task<bool> RollbackAsync(Session own, CancellationToken ct) => TryAsync("rollback", VerifyRules.RollbackRefused, runner => runner.RollbackAsync(ct), own, ct);

    /// <inheritdoc cref="StartAsync"/>
    public Task<bool> CompleteAsync(Session own, CancellationToken ct) => TryAsync("complete", VerifyRules.CompleteRefused, runner => runner.CompleteAsync(ct), own, ct);

    async Task<bool> TryAsync(string name, Rule rule, Func<MigrationRunner, Task> run, Session own, CancellationToken ct)
    {
        await _locks.BeginAsync(own, subject.Options, ct);
        _times.Take();
        var watch = Stopwatch.StartNew();
        try
        {
            await run(new(subject.Options with { Progress = _times, BeforeCommit = _locks.LookAsync }));
        }
        catch (PgRollException error) when (error.Reason is not ExitReason.Interrupted)
        {
            Tell(error, rule);
            return false;
        }
        var elapsed = watch.Elapsed;
        var isStart = name == "start";
        if (isStart)
            _plan = (await new StateStore(own, subject.Options).RolloutAsync(ct))?.Plan;
        var announced = AnnouncedLocks.Of(name, _plan, subject.Map.HasRawSql ? files : [], subject.Map.Before);
        IReadOnlyList<TakenLock> taken = [.. _locks.Taken.Select(t => new TakenLock(t.Relation, t.Mode, announced.Contains(t.Relation)))];
        _phases[name] = new(name, elapsed, taken, isStart ? _times.Take() : []);
        foreach (var held in taken.Where(t => !t.IsAnnounced))
            subject.Findings.Add(VerifyRules.UnannouncedLock, subject.Map.RawSql(onComplete: name == "complete"), name, held.Mode, held.Relation);
        return true;
    }

    void Tell(PgRollException error, Rule rule)
    {
        foreach (var finding in error.Diagnostics)
            subject.Findings.Add(finding.Rule == LiveRules.DataViolates ? VerifyRules.OldRowRefused : rule, finding.Severity, finding.Location, finding.Message.TrimEnd('.'));
        if (error.Diagnostics.Count > 0)
            return;
        var (map, server) = (subject.Map, error.InnerException as PostgresException);
        var place = (server is null ? null : ServerError.Place(server)) ?? (!map.HasRawSql ? map.FirstOperation
            : rule == VerifyRules.RollbackRefused ? map.RawSqlDown : map.RawSql(onComplete: rule == VerifyRules.CompleteRefused));
        var words = (server is null ? error.Message.ReplaceLineEndings(" ") : subject.ShowsValues ? $"{server.SqlState}: {server.MessageText}" : $"SQLSTATE {server.SqlState}").TrimEnd('.');
        subject.Findings.Add(rule, place, server is { SqlState: PostgresErrorCodes.DuplicateObject, Routine: "CreateRole" } ? $"{words}. All databases of a server share its roles: make one only where it is not there" : words);
    }
}
