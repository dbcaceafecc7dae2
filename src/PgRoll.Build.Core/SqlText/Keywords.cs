namespace PgRoll.Build.SqlText;

/// <summary>PostgreSQL's keywords that are not free to be names, as pg_get_keywords() lists them, up to version 18.</summary>
static class Keywords
{
    static readonly HashSet<string> reserved = Set("""
        all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create current_catalog
        current_date current_role current_time current_timestamp current_user default deferrable desc distinct do else end except false
        fetch for foreign from grant group having in initially intersect into lateral leading limit localtime localtimestamp not null
        offset on only or order placing primary references returning select session_user some symmetric system_user table then to
        trailing true union unique user using variadic when where window with
        """);

    static readonly HashSet<string> functionOrType = Set("""
        authorization binary collation concurrently cross current_schema freeze full ilike inner is isnull join left like natural notnull
        outer overlaps right similar tablesample verbose
        """);

    static readonly HashSet<string> columnOnly = Set("""
        between bigint bit boolean char character coalesce dec decimal exists extract float greatest grouping inout int integer interval
        json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar json_serialize json_table json_value
        least merge_action national nchar none normalize nullif numeric out overlay position precision real row setof smallint substring
        time timestamp treat trim values varchar xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi
        xmlroot xmlserialize xmltable
        """);

    /// <summary>Unquoted, the word is neither a column nor a table.</summary>
    public static bool CannotBeColumn(string word) => reserved.Contains(word) || functionOrType.Contains(word);

    /// <summary>Unquoted, the word is no user-defined type.</summary>
    public static bool CannotBeType(string word) => reserved.Contains(word) || columnOnly.Contains(word);

    /// <summary>The word may be a column, but more often it is part of the grammar.</summary>
    public static bool HasSyntax(string word) => columnOnly.Contains(word);

    /// <summary>The server quotes such a name when it writes it.</summary>
    public static bool NeedsQuotes(string word) => CannotBeColumn(word) || columnOnly.Contains(word);

    static HashSet<string> Set(string words) =>
        new(words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
}
