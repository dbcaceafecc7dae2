using PgRoll.Build.Diagnostics;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Operations;
using PgRoll.Build.SqlText;
using PgRoll.Build.Statements.Effects;

namespace PgRoll.Build.Plans;

/// <summary>SQL that operations of a rollout hold as text.</summary>
/// <param name="AtStart">Run by <c>start</c>.</param>
/// <param name="OnComplete">Run by <c>complete</c>.</param>
sealed record RawSql(IReadOnlyList<RawStatement> AtStart, IReadOnlyList<RawStatement> OnComplete)
{
    /// <summary>The raw SQL of migrations, in their order.</summary>
    /// <param name="migrations">The migrations.</param>
    /// <param name="schema">The schema that it meets, as far as it is known.</param>
    public static RawSql Of(IEnumerable<Migration> migrations, Schema schema)
    {
        var raw = migrations.SelectMany(migration => migration.Operations.Select((operation, i) => (Operation: operation as RawSqlOperation, Origin: migration.At(i, "up"))))
            .Where(o => o.Operation is not null)
            .ToLookup(o => o.Operation!.OnComplete, o => new RawStatement(o.Operation!.Up, o.Operation.Down, TransactionRules.Leaves(o.Operation.Statements))
            {
                Effects = ScriptEffects.Describe(o.Operation.Statements, schema),
                Origin = o.Origin,
            });
        return new([.. raw[false]], [.. raw[true]]);
    }

    public bool IsAtStart => AtStart.Count > 0;

    public IEnumerable<Step> InTransaction() => AtStart.Where(s => !s.LeavesTransaction).Select(Step);

    public IEnumerable<Step> Alone() => AtStart.Where(s => s.LeavesTransaction).Select(Step);

    public IEnumerable<Step> AtComplete() => OnComplete.Where(s => !s.LeavesTransaction).Select(Step);

    public IEnumerable<Step> AfterComplete() => OnComplete.Where(s => s.LeavesTransaction).Select(Step);

    static RawStep Step(RawStatement statement) => new($"as the migration says{statement.Effects}", statement.Up)
    {
        Origin = statement.Origin,
        Undo = statement.Down is { } down ? Sql.Raw(down) : null,
    };
}

/// <summary>One <c>sql</c> operation.</summary>
/// <param name="Up">What it runs.</param>
/// <param name="Down">What takes it back; null where nothing does.</param>
/// <param name="LeavesTransaction">Whether the server refuses it inside a transaction.</param>
sealed record RawStatement(string Up, string? Down, bool LeavesTransaction)
{
    /// <summary>What it locks, for the plan's reader.</summary>
    public string Effects { get; init; } = "";

    /// <summary>Where it stands.</summary>
    public Location? Origin { get; init; }
}
