namespace PgRoll.Build.SqlText;

/// <summary>A name together with its schema, independent of any search path.</summary>
/// <param name="Schema">The schema.</param>
/// <param name="Name">The name inside the schema.</param>
public sealed record QualifiedName(Ident Schema, Ident Name)
{
    /// <summary>Makes a qualified name of two plain names.</summary>
    public static QualifiedName Of(string schema, string name) => new(new Ident(schema), new Ident(name));

    /// <summary>The quoted name, as it stands in SQL.</summary>
    public override string ToString() => $"{Schema}.{Name}";
}
