using System.Diagnostics;
using Npgsql;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine.Execution;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Plans.Rows;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Preflight;

/// <summary>
/// Asks the rows whether they fit what is pending, and the server whether it takes the expressions. All of it happens in one transaction
/// that is taken back, and is read-only once the expressions are there: what they call changes nothing. It reads as any client does (ACCESS
/// SHARE), and is silent about what is not answered in time, or not for this role: <c>start</c> proves everything itself.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="options">Names the schema, and says whether rows' values may be shown: the driver's <c>Include Error Detail</c>, which is about the same values.</param>
/// <param name="time">How long it may take.</param>
sealed class RowInspection(Session session, RunnerOptions options, TimeSpan time)
{
    const string Save = "SAVEPOINT pgroll_build", Restore = "ROLLBACK TO SAVEPOINT pgroll_build", Release = "RELEASE SAVEPOINT pgroll_build";

    readonly bool _showsValues = new NpgsqlConnectionStringBuilder(options.ConnectionString).IncludeErrorDetail;
    readonly Stopwatch _watch = Stopwatch.StartNew();
    readonly List<Diagnostic> _found = [];
    readonly HashSet<QualifiedName> _made = [];
    readonly HashSet<string> _told = [];

    /// <summary>What the database has against them.</summary>
    public async Task<IReadOnlyList<Diagnostic>> FindAsync(RowChecks checks, CancellationToken ct)
    {
        if (time <= TimeSpan.Zero || checks.Functions.Count + checks.Tables.Count == 0)
            return [];
        await using var transaction = await session.BeginAsync(ct);
        // The only part that users wrote; names in it are bound by it, for good.
        await session.SetPathAsync(session.UsersPath, ct);
        foreach (var function in checks.Functions)
            await MakeAsync(function, ct);
        await session.SetPathAsync(Session.OwnPath, ct);
        // As start does it: what their functions look for when they run is not found on our path.
        await new ExpressionRights(session, options).AdaptPathsAsync(ct);
        await session.ExecuteAsync("SELECT pg_catalog.set_config('transaction_read_only', 'on', true)", ct);
        foreach (var table in checks.Tables)
        {
            await ScanAsync([.. table.Scans.Where(CanBeAsked)], ct);
            foreach (var check in table.Groups.Where(CanBeAsked))
                await AskAsync(check, ct);
        }
        await transaction.RollbackAsync(ct);
        return _found;
    }

    async Task MakeAsync(CheckedFunction function, CancellationToken ct)
    {
        var (error, _) = await TryAsync(async () => await session.ExecuteAsync(function.Function.Create().Do.Text, ct), ct);
        if (error is null)
            _made.Add(function.Function.Name);
        else if (IsRefused(error.SqlState, function.IsMadeForCheck))
            Add(LiveRules.ExpressionRefused, function.Place, function.Function.What, Words(error));
    }

    /// <summary>One pass for all; where it fails, one for each, to know what fails.</summary>
    async Task ScanAsync(IReadOnlyList<ScanCheck> checks, CancellationToken ct)
    {
        if (checks.Count == 0)
            return;
        IReadOnlyList<long> rows = [];
        var (error, isAnswered) = await TryAsync(async () => rows = await NumbersAsync(ScanCheck.Together(checks), ct), ct);
        for (var i = 0; i < checks.Count; i++)
            if (isAnswered)
                await TellAsync(checks[i], rows[i], ct);
            else if (error is not null)
                await AskAsync(checks[i], ct);
    }

    async Task AskAsync(RowCheck check, CancellationToken ct)
    {
        IReadOnlyList<long> rows = [];
        var (error, isAnswered) = await TryAsync(async () => rows = await NumbersAsync(check.Count, ct), ct);
        if (isAnswered)
            await TellAsync(check, rows[0], ct);
        // What is computed from a value that cannot be is met by the same error, and told once.
        else if (error is not null && IsOfRows(error.SqlState) && _told.Add(Words(error)))
            Add(LiveRules.DataViolates, check.Place, $"{check.Subject} cannot be computed for every row: {Words(error)}");
    }

    async Task TellAsync(RowCheck check, long rows, CancellationToken ct)
    {
        if (rows == 0)
            return;
        IReadOnlyList<IReadOnlyList<string?>> examples = [];
        await TryAsync(async () => examples = await session.QueryAsync(check.Example.Text,
            static row => (IReadOnlyList<string?>)[.. Enumerable.Range(0, row.FieldCount).Select(i => row.IsDBNull(i) ? null : row.GetString(i))], ct), ct);
        Add(LiveRules.DataViolates, check.Place, check.Describe(rows, examples.Count == 0 ? [] : examples[0], _showsValues));
    }

    async Task<IReadOnlyList<long>> NumbersAsync(Sql query, CancellationToken ct) => (await session.QueryAsync(query.Text,
        static row => (IReadOnlyList<long>)[.. Enumerable.Range(0, row.FieldCount).Select(row.GetInt64)], ct))[0];

    /// <summary>Does something within what is left of the time; neither an error nor an answer where nothing is.</summary>
    async Task<(PostgresException? Error, bool IsDone)> TryAsync(Func<Task> work, CancellationToken ct)
    {
        var left = time - _watch.Elapsed;
        if (left < TimeSpan.FromMilliseconds(1))
            return (null, false);
        await session.ExecuteAsync("SELECT pg_catalog.set_config('statement_timeout', $1, true)", ct, Session.Milliseconds(left));
        await session.ExecuteAsync(Save, ct);
        try
        {
            await work();
            await session.ExecuteAsync(Release, ct);
            return (null, true);
        }
        catch (PostgresException error) when (!ServerError.IsLostSession(error))
        {
            await session.ExecuteAsync(Restore, ct);
            return error.SqlState == PostgresErrorCodes.QueryCanceled ? (null, false) : (error, false);
        }
    }

    bool CanBeAsked(RowCheck check) => check.Calls.All(_made.Contains);

    /// <summary>Syntax, names, types and constants; a right that is missing, or a name that is taken, says nothing about the expression.</summary>
    static bool IsRefused(string state, bool isMadeForCheck) => isMadeForCheck
        ? state is PostgresErrorCodes.SyntaxError or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.UndefinedObject
        : IsOfRows(state) && state != PostgresErrorCodes.UniqueViolation || state.StartsWith("42", StringComparison.Ordinal)
            && state is not (PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.DuplicateFunction or PostgresErrorCodes.InvalidSchemaDefinition);

    /// <summary>Values that a function, a type or a domain does not take; a subquery of several rows; what a function of a user's raises.</summary>
    static bool IsOfRows(string state) =>
        state.StartsWith("21", StringComparison.Ordinal) || state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("23", StringComparison.Ordinal) || state == PostgresErrorCodes.RaiseException;

    static string Words(PostgresException error) => $"{error.SqlState}: {RowCheck.Shorten(error.MessageText, 200)}";

    void Add(Rule rule, Location place, params object[] arguments) => _found.Add(Diagnostic.Of(rule, place, arguments));
}
