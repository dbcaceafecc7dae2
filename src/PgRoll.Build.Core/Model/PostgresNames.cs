namespace PgRoll.Build.Model;

/// <summary>The names PostgreSQL itself gives to objects that a statement leaves nameless (its makeObjectName).</summary>
static class PostgresNames
{
    /// <summary><c>table_column_label</c>; where that is too long, the longer of table and column is cut, byte by byte.</summary>
    public static string Choose(string table, string? column, string label)
    {
        var (name1, name2) = (table, column ?? "");
        string Joined() => name2.Length == 0 ? $"{name1}_{label}" : $"{name1}_{name2}_{label}";
        while (GeneratedNames.ByteCount(Joined()) > GeneratedNames.MaxBytes)
            if (GeneratedNames.ByteCount(name1) > GeneratedNames.ByteCount(name2))
                name1 = Shorten(name1);
            else
                name2 = Shorten(name2);
        return Joined();
    }

    static string Shorten(string name) => name.Substring(0, name.Length - (name.Length > 1 && char.IsLowSurrogate(name[name.Length - 1]) ? 2 : 1));
}
