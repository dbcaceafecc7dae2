namespace PgRoll.Build.Linting.Names;

/// <summary>The functions and types of the schema pg_catalog in PostgreSQL 14 to 18.</summary>
static class PgCatalog
{
    static readonly Lazy<HashSet<string>[]> paragraphs = new(Read);

    public static HashSet<string> Functions => paragraphs.Value[0];

    public static HashSet<string> Types => paragraphs.Value[1];

    static HashSet<string>[] Read()
    {
        using var reader = new StreamReader(typeof(PgCatalog).Assembly.GetManifestResourceStream("pg_catalog.txt")!);
        var words = reader.ReadToEnd().Replace("\r", "").Split(["\n\n"], StringSplitOptions.None);
        return [.. words.Select(paragraph => new HashSet<string>(paragraph.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal))];
    }
}
