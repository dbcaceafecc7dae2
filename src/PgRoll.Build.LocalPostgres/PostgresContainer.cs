namespace PgRoll.Build.LocalPostgres;

/// <summary>A server in a running container.</summary>
/// <param name="ConnectionString">Connects the superuser to database <c>postgres</c>.</param>
/// <param name="StopAsync">Removes the container.</param>
public sealed record PostgresContainer(string ConnectionString, Func<ValueTask> StopAsync);
