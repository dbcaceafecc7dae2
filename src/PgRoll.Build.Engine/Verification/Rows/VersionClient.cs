using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Verification.Rows;

/// <summary>A client of one version: its path is the version's schema, and it writes a row at a time, so that each is judged by itself.</summary>
sealed class VersionClient : IAsyncDisposable
{
    const string Attempt =
        """
        CREATE FUNCTION pg_temp.attempt(statement text) RETURNS text LANGUAGE plpgsql AS $$
        DECLARE state text; message text; broken text; of_column text; of_table text;
        BEGIN
          EXECUTE statement;
          RETURN NULL;
        EXCEPTION WHEN OTHERS THEN
          GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, broken = CONSTRAINT_NAME, of_column = COLUMN_NAME, of_table = TABLE_NAME;
          RETURN pg_catalog.json_build_array(state, message, broken, of_column, of_table)::text;
        END $$
        """;

    readonly Session _session;

    VersionClient(Session session, string schema) => (_session, Schema) = (session, schema);

    public Session Session => _session;

    /// <summary>The schema of the version's views.</summary>
    public string Schema { get; }

    public static async Task<VersionClient> OpenAsync(RunnerOptions options, string schema, CancellationToken ct)
    {
        var session = await Session.OpenAsync(options with { BeforeCommit = null }, ct);
        await session.ExecuteAsync(Attempt, ct);
        await session.SetPathAsync($"{new Ident(schema)}", ct);
        return new(session, schema);
    }

    /// <summary>Tries statements one after the other, in a transaction of the caller's; those that are refused leave nothing.</summary>
    public Task<IReadOnlyList<Refusal?>> TryAsync(IEnumerable<Sql> statements, CancellationToken ct) => _session.QueryAsync(
        "SELECT pg_temp.attempt(s) FROM pg_catalog.unnest($1::text[]) AS a(s)",
        static row => Refusal.Read(row.IsDBNull(0) ? null : row.GetString(0)), ct, (object)statements.Select(s => s.Text).ToArray());

    /// <summary>Tries rows in a transaction that is kept, or taken back.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="keep">Whether what is taken stays.</param>
    /// <param name="first">What is done before, in the same transaction.</param>
    /// <param name="ct">Cancels.</param>
    public Task<IReadOnlyList<(CandidateRow Row, Refusal? Refusal)>> InsertAsync(IReadOnlyList<CandidateRow> rows, bool keep, IReadOnlyList<Sql> first, CancellationToken ct) =>
        WriteAsync(rows, row => row.Insert(Schema), keep, first, ct);

    /// <summary>Tries to change rows that are there; what is taken stays.</summary>
    public Task<IReadOnlyList<(CandidateRow Row, Refusal? Refusal)>> UpdateAsync(IReadOnlyList<CandidateRow> rows, CancellationToken ct) =>
        WriteAsync(rows, row => row.Update(Schema), keep: true, [], ct);

    async Task<IReadOnlyList<(CandidateRow Row, Refusal? Refusal)>> WriteAsync(IReadOnlyList<CandidateRow> rows, Func<CandidateRow, Sql> statement, bool keep, IReadOnlyList<Sql> first, CancellationToken ct)
    {
        await using var transaction = await _session.BeginAsync(ct);
        await TryAsync(first, ct);
        // A key that is checked at the transaction's end would be nobody's.
        await _session.ExecuteAsync("SET CONSTRAINTS ALL IMMEDIATE", ct);
        var refusals = await TryAsync(rows.Select(statement), ct);
        if (keep)
            await transaction.CommitAsync(ct);
        else
            await transaction.RollbackAsync(ct);
        return [.. rows.Zip(refusals)];
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();
}
