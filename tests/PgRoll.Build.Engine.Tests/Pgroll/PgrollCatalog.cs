using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Pgroll;

/// <summary>What pgroll sees of a base schema: names and plain columns; expressions are not seen.</summary>
sealed class PgrollCatalog
{
    readonly Dictionary<string, PgrollTable> _tables = [];

    public PgrollTable this[string name] => _tables.TryGetValue(name, out var table) ? table : throw new InvalidOperationException($"table \"{name}\" does not exist");

    public void RenameTable(string from, string to)
    {
        _tables.Remove(from, out var table);
        _tables[to] = table!;
    }

    public static async Task<PgrollCatalog> ReadAsync(TestDatabase database)
    {
        var catalog = new PgrollCatalog();
        foreach (var row in await database.QueryAsync(
            """
            SELECT t.relname::text, a.attname::text, a.atthasdef, pg_get_serial_sequence(t.oid::regclass::text, a.attname)
            FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE t.relnamespace = 'public'::regnamespace AND t.relkind IN ('r', 'p') ORDER BY t.oid, a.attnum
            """))
            catalog.Add((string)row[0]!).Columns.Add((string)row[1]!, new((bool)row[2]!, (string?)row[3]));
        foreach (var row in await database.QueryAsync(
            """
            SELECT t.relname::text, c.conname::text, c.contype::text, ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum = ANY (c.conkey) ORDER BY a.attname)
            FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
            WHERE t.relnamespace = 'public'::regnamespace AND c.contype IN ('c', 'u', 'f', 'p') ORDER BY c.conname
            """))
            catalog.Add((string)row[0]!).Add((string)row[1]!, ((string)row[2]!)[0], (string[])row[3]!);
        foreach (var row in await database.QueryAsync(
            """
            SELECT t.relname::text, x.relname::text, 'i', ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum = ANY (i.indkey) ORDER BY a.attnum)
            FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
            WHERE t.relnamespace = 'public'::regnamespace ORDER BY x.relname
            """))
            catalog.Add((string)row[0]!).Add((string)row[1]!, ((string)row[2]!)[0], (string[])row[3]!);
        return catalog;
    }

    PgrollTable Add(string table) => _tables.TryGetValue(table, out var known) ? known : _tables[table] = new();
}

/// <summary>A table as pgroll sees it.</summary>
sealed class PgrollTable
{
    readonly List<(string Name, char Kind, string[] Columns)> _objects = [];

    public Dictionary<string, (bool HasDefault, string? Sequence)> Columns { get; } = [];

    /// <summary>Checks, unique constraints and foreign keys: pgroll finds no other kind by name.</summary>
    public IReadOnlyDictionary<string, string[]> Constraints => _objects.Where(o => o.Kind is 'c' or 'u' or 'f').ToDictionary(o => o.Name, o => o.Columns);

    public IReadOnlyList<string> PrimaryKey => _objects.FirstOrDefault(o => o.Kind == 'p').Columns ?? [];

    public bool IsUniqueConstraint(string name) => _objects.Exists(o => o.Kind == 'u' && o.Name == name);

    public void Add(string name, char kind, string[] columns) => _objects.Add((name, kind, columns));

    public void RenameColumn(string from, string to)
    {
        Columns.Remove(from, out var column);
        Columns[to] = column;
        foreach (var (_, _, columns) in _objects)
            for (var i = 0; i < columns.Length; i++)
                if (columns[i] == from)
                    columns[i] = to;
    }

    /// <summary>The copies of a kind that lie on a new half; each is found once.</summary>
    public IReadOnlyList<string> TakeCopies(string column, char kind)
    {
        IReadOnlyList<string> copies = [.. _objects.Where(o => o.Kind == kind && o.Name.StartsWith("_pgroll_dup_", StringComparison.Ordinal) && o.Columns.Contains(column)).Select(o => o.Name)];
        _objects.RemoveAll(o => o.Kind == kind && copies.Contains(o.Name));
        return copies;
    }
}
