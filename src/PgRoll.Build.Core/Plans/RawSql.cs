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
    /// <summary>The raw SQL among operations, in their order.</summary>
    /// <param name="operations">The operations.</param>
    /// <param name="schema">The schema that it meets, as far as it is known.</param>
    public static RawSql Of(IEnumerable<Operation> operations, Schema schema)
    {
        var raw = operations.OfType<RawSqlOperation>().ToLookup(o => o.OnComplete, o =>
            new RawStatement(o.Up, o.Down, TransactionRules.Leaves(o.Statements)) { Effects = ScriptEffects.Describe(o.Statements, schema) });
        return new([.. raw[false]], [.. raw[true]]);
    }

    public bool IsAtStart => AtStart.Count > 0;

    public IEnumerable<Step> InTransaction() => AtStart.Where(s => !s.LeavesTransaction).Select(Step);

    public IEnumerable<Step> Alone() => AtStart.Where(s => s.LeavesTransaction).Select(Step);

    public IEnumerable<Step> AtComplete() => OnComplete.Where(s => !s.LeavesTransaction).Select(Step);

    public IEnumerable<Step> AfterComplete() => OnComplete.Where(s => s.LeavesTransaction).Select(Step);

    static RawStep Step(RawStatement statement) => new($"as the migration says{statement.Effects}", statement.Up)
    {
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
}
