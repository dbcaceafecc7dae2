namespace PgRoll.Build.Plans;

/// <summary>SQL that operations of a rollout hold as text.</summary>
/// <param name="AtStart">Run by <c>start</c>.</param>
/// <param name="OnComplete">Run by <c>complete</c>.</param>
public sealed record RawSql(IReadOnlyList<RawStatement> AtStart, IReadOnlyList<RawStatement> OnComplete)
{
    /// <summary>None at all.</summary>
    public static RawSql None { get; } = new([], []);

    internal bool IsAtStart => AtStart.Count > 0;

    internal IEnumerable<Step> InTransaction() => AtStart.Where(s => !s.LeavesTransaction).Select(Step);

    internal IEnumerable<Step> Alone() => AtStart.Where(s => s.LeavesTransaction).Select(Step);

    internal IEnumerable<Step> AtComplete() => OnComplete.Where(s => !s.LeavesTransaction).Select(Step);

    internal IEnumerable<Step> AfterComplete() => OnComplete.Where(s => s.LeavesTransaction).Select(Step);

    static RawStep Step(RawStatement statement) => new("as the migration says", statement.Up)
    {
        Undo = statement.Down is { } down ? SqlText.Sql.Raw(down) : null,
    };
}

/// <summary>One <c>sql</c> operation.</summary>
/// <param name="Up">What it runs.</param>
/// <param name="Down">What takes it back; null where nothing does.</param>
/// <param name="LeavesTransaction">Whether the server refuses it inside a transaction.</param>
public sealed record RawStatement(string Up, string? Down, bool LeavesTransaction);
