using PgRoll.Build.Engine.Sessions;

namespace PgRoll.Build.Engine.Execution;

/// <summary>
/// An expression is computed with the rights of whoever writes the row. One that reads other tables, or calls functions that are not
/// everybody's, would refuse the writes of roles that may not use these, or compute something else where policies hide rows from them:
/// its function gets the rights of the role that migrates, a path that no client can change, and nobody but the writers may call it.
/// One that calls functions whose names are bound only when they run gets the path alone: clients need not have the base schema on theirs.
/// </summary>
sealed class ExpressionRights(Session session, RunnerOptions options)
{
    /// <summary>Looks at the functions of a rollout's expressions, in the transaction that made them.</summary>
    /// <param name="tables">The tables that clients write while the functions run.</param>
    /// <param name="ct">Cancels.</param>
    public async Task AdaptAsync(IReadOnlyList<string> tables, CancellationToken ct)
    {
        var needy = await session.QueryAsync(
            Resource.Read("expression_rights.sql"),
            static row => (Function: row.GetString(0), Used: row.GetString(1), Roles: row.GetString(2), Writers: row.GetString(3)), ct, options.Schema, tables.ToArray());
        await AdaptPathsAsync(ct);
        foreach (var (function, used, roles, writers) in needy)
        {
            await session.ExecuteAsync(
                $"ALTER FUNCTION {function} SECURITY DEFINER SET search_path = {session.UsersPath}; REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC; GRANT EXECUTE ON FUNCTION {function} TO {writers}", ct);
            options.Report(new Warned(
                $"{function} uses {used}, which {roles} may not use in full and would have to when writing: until `complete` or `rollback` the function runs with the rights of the role that migrates."));
        }
    }

    /// <summary>Gives the path to those that need no more than that, in the transaction that made them.</summary>
    public async Task AdaptPathsAsync(CancellationToken ct)
    {
        foreach (var function in await session.QueryAsync(Resource.Read("expression_paths.sql"), static row => row.GetString(0), ct, options.Schema))
            await session.ExecuteAsync($"ALTER FUNCTION {function} SET search_path = {session.UsersPath}", ct);
    }
}
