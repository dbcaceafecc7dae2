using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Shop;

/// <summary>
/// Whether the version of the schema that the app was built for is there: not before <c>start</c> made it, nor after <c>rollback</c> took
/// it away. Where no instance is ready, no request comes, and the old version of the app goes on.
/// </summary>
sealed class SchemaVersionCheck(NpgsqlDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var command = database.CreateCommand("SELECT to_regnamespace(quote_ident($1)) IS NOT NULL");
        command.Parameters.Add(new() { Value = SchemaVersion.Current });
        return await command.ExecuteScalarAsync(cancellationToken) is true
            ? HealthCheckResult.Healthy($"Schema {SchemaVersion.Current} is there.")
            : HealthCheckResult.Unhealthy($"Schema {SchemaVersion.Current} is missing: run `dotnet pgroll start`, which makes it.");
    }
}
