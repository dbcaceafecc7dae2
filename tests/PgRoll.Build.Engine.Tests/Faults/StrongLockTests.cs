using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Engine.State;
using PgRoll.Build.Plans;
using PgRoll.Build.SqlText;
using PgRoll.Build.Testing;
using Rollout = PgRoll.Build.Engine.Tests.Lifecycle.Rollout;

namespace PgRoll.Build.Engine.Tests.Faults;

/// <summary>
/// The transactions of start, complete and rollback hold no lock that keeps clients out but those that they took at their beginning, all
/// within one lock timeout: whoever takes a further one later keeps the clients of all the others waiting while it waits.
/// </summary>
[TestClass]
public sealed class StrongLockTests
{
    /// <summary>Relations that are there before a command, and those of them that its transaction holds strong locks on at its end.</summary>
    const string Notes =
        """
        CREATE TABLE pgroll.existing (relation oid, name text);
        CREATE TABLE pgroll.held (phase text, done int, name text);
        CREATE FUNCTION pgroll.note() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO pgroll.held
          SELECT DISTINCT NEW.phase, NEW.done, e.name FROM pg_locks l JOIN pgroll.existing e ON e.relation = l.relation
          WHERE l.pid = pg_backend_pid() AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND l.mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock');
          RETURN NEW;
        END $$;
        CREATE TRIGGER note BEFORE UPDATE ON pgroll.rollouts FOR EACH ROW EXECUTE FUNCTION pgroll.note();
        """;

    /// <summary>What locks more than the tables that it changes: new tables, those that a key points to, views whose defaults go.</summary>
    static readonly string[] Late = ["add_column/identity", "create_constraint/of_new_table", "drop_constraint/foreign_key", "drop_table/and_create_again"];

    /// <summary>Raw SQL locks what it likes.</summary>
    public static IEnumerable<object[]> Cases =>
        Case.Names.Where(name => Case.Load(name).Since <= TestDatabase.SupportedMajors[0] && !name.StartsWith("sql/", StringComparison.Ordinal)).Where((name, i) => TestDatabase.IsLong || i % 36 == 0 || Late.Contains(name)).Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public async Task No_strong_lock_is_taken_after_those_of_the_beginning(string name)
    {
        var @case = Case.Load(name);
        await using var rollout = await Rollout.PrepareBySuperuserAsync(@case);
        await rollout.Database.ExecuteAsync(Notes);

        await NoteAsync(rollout);
        await rollout.Runner.StartAsync([@case.Change]);
        var plan = await PlanAsync(rollout);
        var expand = plan.Start is [{ Kind: StageKind.Expand } first, ..] ? first.Steps : [];
        await IsSubsetAsync(rollout, "start", $"phase = 'Starting' AND done = {expand.Count}", expand.Select(step => step.Lock?.Table).OfType<QualifiedName>());

        await NoteAsync(rollout);
        await rollout.Runner.RollbackAsync();
        await IsSubsetAsync(rollout, "rollback", "phase = 'RolledBack' AND done = 0", plan.RollbackLocks);

        await rollout.Runner.StartAsync([@case.Change]);
        await NoteAsync(rollout);
        await rollout.Runner.CompleteAsync();
        await IsSubsetAsync(rollout, "complete", "phase = 'Completed' AND done = 0", plan.CompleteLocks);
    }

    static Task NoteAsync(Rollout rollout) => rollout.Database.ExecuteAsync(
        """
        TRUNCATE pgroll.existing, pgroll.held;
        INSERT INTO pgroll.existing
        SELECT c.oid, format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname <> ALL ('{pg_catalog,pg_toast,information_schema,pgroll}');
        """);

    static async Task IsSubsetAsync(Rollout rollout, string command, string transaction, IEnumerable<QualifiedName> locks)
    {
        var held = (await rollout.Database.QueryAsync($"SELECT DISTINCT name FROM pgroll.held WHERE {transaction}")).Select(row => ((string)row[0]!).Replace("\"", "", StringComparison.Ordinal)).ToList();
        List<string> taken = [.. locks.Select(table => $"{table}".Replace("\"", "", StringComparison.Ordinal))];
        Assert.AreEqual("", string.Join(", ", held.Except(taken)), $"{command} locks at its beginning {string.Join(", ", taken)}, and later also others");
    }

    static async Task<Plan> PlanAsync(Rollout rollout)
    {
        await using var session = await Session.OpenAsync(rollout.Options, CancellationToken.None);
        return (await new StateStore(session, rollout.Options).RolloutAsync(CancellationToken.None))!.Plan;
    }
}
