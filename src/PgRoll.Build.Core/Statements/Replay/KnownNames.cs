using PgRoll.Build.SqlText;

namespace PgRoll.Build.Statements.Replay;

/// <summary>What is known of functions and extensions by their names.</summary>
static class KnownNames
{
    /// <summary>Functions that a script's SELECT calls, and that change no table: those of dumps, and of who looks at what was done.</summary>
    static readonly HashSet<string> functions =
    [
        "abs", "avg", "coalesce", "count", "current_setting", "currval", "exists", "format", "greatest", "lastval", "least", "length", "lower", "max", "min",
        "nextval", "now", "nullif", "set_config", "setval", "sum", "to_regclass", "upper", "version",
    ];

    /// <summary>PostgreSQL's own extensions, none of which makes a table, and widespread ones that do not either.</summary>
    static readonly HashSet<string> extensions =
    [
        "adminpack", "amcheck", "autoinc", "bloom", "btree_gin", "btree_gist", "citext", "cube", "dblink", "dict_int", "dict_xsyn", "earthdistance", "file_fdw",
        "fuzzystrmatch", "hstore", "insert_username", "intagg", "intarray", "isn", "lo", "ltree", "moddatetime", "pageinspect", "pg_buffercache",
        "pg_freespacemap", "pg_logicalinspect", "pg_prewarm", "pg_stat_statements", "pg_surgery", "pg_trgm", "pg_visibility", "pg_walinspect", "pgcrypto",
        "pgrowlocks", "pgstattuple", "plpgsql", "postgres_fdw", "refint", "seg", "sslinfo", "tablefunc", "tcn", "tsm_system_rows", "tsm_system_time", "unaccent",
        "uuid-ossp", "vector", "xml2",
    ];

    /// <summary>Whether an extension makes no table.</summary>
    public static bool MakesNoTable(string extension) => extensions.Contains(extension);

    /// <summary>Whether a query calls nothing that might change a table.</summary>
    public static bool CallsNothingElse(IReadOnlyList<Token> tokens)
    {
        for (var i = 0; i + 1 < tokens.Count; i++)
            if (tokens[i].IsName && !tokens[i].IsReserved && tokens[i + 1].IsSymbol("(") && !functions.Contains(tokens[i].Value!)
                && !Keywords.HasSyntax(tokens[i].Value!) && !(i > 1 && tokens[i - 1].IsSymbol(".") && tokens[i - 2].IsWord("pg_catalog")))
                return false;
        return true;
    }
}
