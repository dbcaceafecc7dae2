using System.Text;
using Npgsql;
using PgRoll.Build.Engine.Catalog;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Plans;

namespace PgRoll.Build.Engine.Baselines;

/// <summary>
/// Writes a live schema as SQL: tables from the model, the rest in the server's own words where it has them. What neither can say is
/// listed, never passed over. Owners and privileges are always among that: the roles are another database's.
/// </summary>
sealed class BaselineReader(Session session, RunnerOptions options)
{
    /// <summary>Between the phases of baseline_objects.sql: what tables need comes before them.</summary>
    const int Tables = 4;

    static readonly string Extensions = Resource.Read("baseline_extensions.sql"), Objects = Resource.Read("baseline_objects.sql"),
        Missing = Resource.Read("baseline_missing.sql"), Grants = Resource.Read("baseline_grants.sql");

    public async Task<Baseline> ReadAsync(CancellationToken ct)
    {
        var schema = await new SchemaReader(session).ReadAsync(options.Schema, null, ct);
        // How the others are partitioned or inherit is not in the model: they are listed.
        var tables = SchemaScript.Write(schema with { Tables = [.. schema.Tables.Where(t => !t.IsPartitioned && !t.IsInherited)] });
        var objects = await LinesAsync(Objects, row => (Phase: row.GetInt32(0), Sql: row.GetString(1)), ct);
        var sql = new StringBuilder();
        // Bodies may name what comes later.
        sql.Append("SET LOCAL check_function_bodies = off;\n");
        Append(sql, await TextsAsync(Extensions, ct));
        Append(sql, objects.Where(o => o.Phase < Tables).Select(o => o.Sql));
        sql.Append(tables);
        Append(sql, objects.Where(o => o.Phase > Tables).Select(o => o.Sql));
        return new(sql.ToString(), [.. await TextsAsync(Missing, ct), .. await TextsAsync(Grants, ct)]);
    }

    /// <summary>What a dump that is made without owners and privileges, and of one schema alone, leaves out.</summary>
    public async Task<Baseline> AroundAsync(string dump, CancellationToken ct)
    {
        var sql = new StringBuilder();
        Append(sql, await TextsAsync(Extensions, ct));
        return new(sql.Append(dump).ToString(), await TextsAsync(Grants, ct));
    }

    static void Append(StringBuilder sql, IEnumerable<string> statements)
    {
        foreach (var statement in statements)
            sql.Append(statement).Append(";\n");
    }

    Task<IReadOnlyList<string>> TextsAsync(string sql, CancellationToken ct) => LinesAsync(sql, static row => row.GetString(0), ct);

    Task<IReadOnlyList<T>> LinesAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct) => CanonicalOutput.QueryAsync(session, sql, read, ct, options.Schema);
}
