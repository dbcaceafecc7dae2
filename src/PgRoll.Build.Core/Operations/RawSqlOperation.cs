using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Model;
using PgRoll.Build.Statements;

namespace PgRoll.Build.Operations;

/// <summary>SQL as it is, for what no operation covers.</summary>
/// <param name="Up">What it runs.</param>
/// <param name="Down">What <c>rollback</c> runs; null for nothing.</param>
/// <param name="OnComplete">Run by <c>complete</c> rather than by <c>start</c>.</param>
public sealed record RawSqlOperation(string Up, string? Down, bool OnComplete) : Operation
{
    /// <inheritdoc/>
    public override string Name => "sql";

    // A copy with another text reads its own statements.
    RawSqlOperation(RawSqlOperation original) : base(original) => (Up, Down, OnComplete) = (original.Up, original.Down, original.OnComplete);

    /// <summary>Its statements; read once, since many ask for them and some scripts are long.</summary>
    internal IReadOnlyList<Statement> Statements => field ??= StatementParser.Parse(Up);

    /// <summary>Those of what takes it back.</summary>
    internal IReadOnlyList<Statement> DownStatements => field ??= Down is null ? [] : StatementParser.Parse(Down);

    /// <summary>Operations are equal if they say the same.</summary>
    public bool Equals(RawSqlOperation? other) => other is not null && (Up, Down, OnComplete).Equals((other.Up, other.Down, other.OnComplete));

    /// <inheritdoc/>
    public override int GetHashCode() => (Up, Down, OnComplete).GetHashCode();

    internal static OperationGuide Guide { get; } = new(
        "Runs SQL as it is, for what no operation covers: at start, with `down` at rollback; with `onComplete`, at complete. It is its migration's only operation (PGR0108), unless it runs at complete.",
        """
        up: CREATE FUNCTION one() RETURNS int LANGUAGE sql RETURN 1
        down: DROP FUNCTION one()
        """);

    internal static Operation Read(FieldReader fields)
    {
        var (up, down) = (fields.RequiredString("up"), fields.OptionalString("down"));
        return new RawSqlOperation(up, string.IsNullOrWhiteSpace(down) ? null : down, fields.Bool("onComplete"));
    }

    internal override void Validate(Schema before, Report report)
    {
        if (string.IsNullOrWhiteSpace(Up))
            report.Add(DocumentRules.InvalidStructure, "up", Name, "'up' is empty.");
        RefuseTransactions(report, Statements, "up");
        RefuseTransactions(report, DownStatements, "down");
        if (OnComplete && Down is not null)
            report.Add(ReferenceRules.OperationCombination, "down", "`down` is not possible with `onComplete`: what complete did is not taken back");
    }

    static void RefuseTransactions(Report report, IReadOnlyList<Statement> statements, string at)
    {
        if (statements.OfType<TransactionStatement>().FirstOrDefault() is { } found)
            report.Add(RawSqlRules.TransactionControl, at, found.Verb.ToUpperInvariant());
    }

    /// <summary>What it did to the schema is not known before a server ran it.</summary>
    internal override Schema Apply(Schema before) => before with { IsPartlyUnknown = true };
}
