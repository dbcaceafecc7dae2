using Npgsql;
namespace PgRoll.Build.Testing;
static class CatalogDump
{
    public static async Task<string> ReadAsync(NpgsqlDataSource db, params string[] excludedSchemas)
    {
        await using var c = db.CreateCommand("""
            SELECT string_agg(x, E'\n' ORDER BY x) FROM (
            SELECT format('rel %s %s %s %s', c.oid::regclass, relkind, relacl, reloptions) x FROM pg_class c WHERE relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_|information_schema' OR nspname = ANY($1))
            UNION ALL SELECT format('att %s %s %s %s %s', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid)) FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum JOIN pg_class c ON c.oid = attrelid WHERE attnum > 0 AND relkind NOT IN ('i','S') AND NOT attisdropped AND relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_|information_schema' OR nspname = ANY($1))
            UNION ALL SELECT format('con %s %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated) FROM pg_constraint WHERE connamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_|information_schema' OR nspname = ANY($1))
            UNION ALL SELECT format('fn %s', oid::regprocedure) FROM pg_proc WHERE pronamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_|information_schema' OR nspname = ANY($1))
            UNION ALL SELECT format('trg %s', pg_get_triggerdef(oid)) FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL SELECT format('idx %s', indexdef) FROM pg_indexes WHERE schemaname !~ '^pg_' AND schemaname <> ALL($1)
            UNION ALL SELECT format('nsp %s %s', nspname, nspacl) FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> ALL($1)
            ) q
            """);
        c.Parameters.Add(new() { Value = excludedSchemas });
        return (string?)await c.ExecuteScalarAsync() ?? "";
    }
}
