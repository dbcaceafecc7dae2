namespace PgRoll.Build.SqlText;

/// <summary>A name of the database: always quoted when written, so that neither case nor keywords matter.</summary>
public sealed record Ident
{
    /// <summary>A name exactly as the catalog holds it: unquoted, case kept.</summary>
    /// <exception cref="ArgumentException">The name is empty or contains a NUL character.</exception>
    public Ident(string name)
    {
        if (string.IsNullOrEmpty(name))
            throw new ArgumentException("A database name cannot be empty.", nameof(name));
        Name = Refuse.Nul(name, nameof(name));
    }

    /// <summary>The name itself, without quotes.</summary>
    public string Name { get; }

    /// <summary>Same as the constructor, for method groups: <c>names.Select(Ident.Of)</c>.</summary>
    public static Ident Of(string name) => new(name);

    /// <summary>The quoted name, as it stands in SQL.</summary>
    public override string ToString() => "\"" + Name.Replace("\"", "\"\"") + "\"";
}
