using Npgsql;
using NpgsqlTypes;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Catalog;

/// <summary>
/// Reads a base schema from the catalog into the model: one round trip, a result set per kind of object.
/// Names that start with <c>_pgroll_</c> are not read, nor is what lies on such columns. While a rollout is active the schema is
/// therefore the old version's; of the new one's, only what has its final name already and lies on nothing provisional shows (a new
/// table, an index on old columns).
/// </summary>
sealed class SchemaReader(Session session)
{
    static readonly string[] Queries =
    [
        .. ((string[])["tables.sql", "columns.sql", "constraints.sql", "indexes.sql", "statistics.sql", "grants.sql", "partitions.sql", "default_privileges.sql"]).Select(Resource.Read),
    ];

    /// <summary>The schema as it is now.</summary>
    /// <param name="schema">The base schema.</param>
    /// <param name="versionSchema">The version schema whose views give the order of columns; null for the tables' own order.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Schema> ReadAsync(string schema, string? versionSchema, CancellationToken ct) =>
        WithoutProvisional(await ReadAllAsync(schema, versionSchema, ct));

    /// <summary>The schema with all that is in it, whatever its name.</summary>
    public Task<Schema> ReadAllAsync(string schema, string? versionSchema, CancellationToken ct)
    {
        var queries = Queries.Select(query => new NpgsqlBatchCommand(query) { Parameters = { Text(schema), Text(versionSchema) } });
        return CanonicalOutput.ReadAsync(session, [.. queries], reader => ReadAsync(schema, reader, ct), ct);
    }

    /// <summary>What is left of a schema without the names that a rollout makes, and without what lies on such columns.</summary>
    public static Schema WithoutProvisional(Schema schema) => schema with
    {
        Tables =
        [
            .. schema.Tables.Where(t => !IsProvisional(t.Name)).Select(t => t with
            {
                Columns = [.. t.Columns.Where(c => !IsProvisional(c.Name))],
                Constraints = [.. t.Constraints.Where(c => !IsProvisional(c.Name) && !c.Columns.Any(IsProvisional))],
                Indexes = [.. t.Indexes.Where(i => !IsProvisional(i.Name) && !i.Columns.Any(IsProvisional))],
                Statistics = [.. t.Statistics.Where(s => !IsProvisional(s.Name) && !s.Columns.Any(IsProvisional))],
                Grants = [.. t.Grants.Where(g => g.Column is null || !IsProvisional(g.Column))],
            }),
        ],
    };

    static async Task<Schema> ReadAsync(string schema, NpgsqlDataReader reader, CancellationToken ct)
    {
        var tables = await RowsAsync(reader, static row => (Oid: row.GetFieldValue<uint>(0), Table: row.ToTable()), ct);
        var types = new Dictionary<string, SqlType>();
        var columns = await NextAsync(reader, row => CatalogRow.ToColumn(row, types), ct);
        var constraints = await NextAsync(reader, CatalogRow.ToConstraint, ct);
        var indexes = await NextAsync(reader, CatalogRow.ToIndex, ct);
        var statistics = await NextAsync(reader, CatalogRow.ToStatistics, ct);
        var grants = await NextAsync(reader, CatalogRow.ToGrant, ct);
        var partitions = await NextAsync(reader, CatalogRow.ToPartitionFact, ct);
        var defaults = await NextAsync(reader, CatalogRow.ToGrant, ct);
        return new(schema,
        [
            .. from t in tables
               select t.Table with
               {
                   Partitioning = t.Table.IsPartitioned ? partitions[t.Oid].ToPartitioning() : null,
                   Columns = [.. from c in columns[t.Oid] select WithGrants(c, grants[t.Oid])],
                   Constraints = [.. constraints[t.Oid]],
                   Indexes = [.. indexes[t.Oid]],
                   Statistics = [.. statistics[t.Oid]],
                   Grants = [.. from g in grants[t.Oid] where !g.OnSequence select g.Grant],
               },
        ])
        {
            Grants = [.. from g in grants[0] select g.Grant],
            Defaults = new()
            {
                Tables = [.. from g in defaults[0] select g.Grant],
                Views = [.. from g in defaults[1] select g.Grant],
                Schemas = [.. from g in defaults[2] select g.Grant],
                Sequences = [.. from g in defaults[3] select g.Grant],
            },
        };
    }

    static Column WithGrants(Column column, IEnumerable<(Grant Grant, bool OnSequence)> grants) => column.Identity is not { } identity ? column : column with
    {
        Identity = identity with { SequenceGrants = [.. from g in grants where g.OnSequence && g.Grant.Column == column.Name select g.Grant with { Column = null }] },
    };

    static bool IsProvisional(string name) => name.StartsWith(GeneratedNames.Prefix, StringComparison.Ordinal);

    static async Task<ILookup<uint, T>> NextAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        await reader.NextResultAsync(ct);
        var rows = await RowsAsync(reader, row => (Table: row.GetFieldValue<uint>(0), Value: read(row)), ct);
        return rows.ToLookup(row => row.Table, row => row.Value);
    }

    static async Task<List<T>> RowsAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        List<T> rows = [];
        while (await reader.ReadAsync(ct))
            rows.Add(read(reader));
        return rows;
    }

    static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
