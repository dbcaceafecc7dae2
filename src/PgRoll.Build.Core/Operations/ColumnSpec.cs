using PgRoll.Build.Documents;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Operations;

/// <summary>A column as a migration file describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, as written.</param>
public sealed record ColumnSpec(string Name, SqlType Type)
{
    /// <summary>Whether it may hold NULL; a file that does not say so forbids it.</summary>
    public bool IsNullable { get; init; }

    /// <summary>Whether it is (part of) the primary key.</summary>
    public bool IsPrimaryKey { get; init; }

    /// <summary>Whether it refuses duplicates.</summary>
    public bool IsUnique { get; init; }

    /// <summary>The default, or null.</summary>
    public SqlExpression? Default { get; init; }

    /// <summary>The comment, or null.</summary>
    public string? Comment { get; init; }

    /// <summary>A check, or null.</summary>
    public CheckSpec? Check { get; init; }

    /// <summary>A foreign key, or null.</summary>
    public ReferenceSpec? References { get; init; }

    /// <summary>The expression of a stored generated column, or null.</summary>
    public SqlExpression? GeneratedAs { get; init; }

    /// <summary>What makes it an identity column, or null.</summary>
    public Identity? Identity { get; init; }

    internal static ColumnSpec Read(FieldReader fields)
    {
        var generated = fields.Mapping("generated", ReadGenerated);
        return new(fields.RequiredName("name"), fields.RequiredType("type"))
        {
            IsNullable = fields.Bool("nullable"),
            IsPrimaryKey = fields.Bool("pk"),
            IsUnique = fields.Bool("unique"),
            Default = fields.ExpressionChange("default").To,
            Comment = fields.OptionalString("comment"),
            Check = fields.Mapping("check", CheckSpec.Read),
            References = fields.Mapping("references", ReferenceSpec.Read),
            GeneratedAs = generated?.Expression,
            Identity = generated?.Identity,
        };
    }

    /// <summary>The column as the schema holds it: a serial column is an integer with a sequence of its own.</summary>
    internal Column ToColumn(string table, Schema schema)
    {
        var column = new Column(Name, Type)
        {
            IsNullable = IsNullable && !IsPrimaryKey && Identity is null,
            Default = GeneratedAs is null ? Default : null,
            Comment = Comment,
            GeneratedAs = GeneratedAs,
            Identity = GeneratedAs is null ? Identity : null,
        };
        if (Type.SerialOf is { } integer)
            column = column with { Type = integer, IsNullable = false, Identity = null };
        else if (column.Identity is null)
            return column;
        return column.WithSequence(schema.Name, schema.Choose(table, Name, "seq"));
    }

    static Generated ReadGenerated(FieldReader fields)
    {
        if (!fields.IsEmpty("expression") && !fields.IsEmpty("identity"))
            fields.Fail("", "a column is either generated from an expression or an identity, not both.");
        return new(fields.Expression("expression"), fields.Mapping("identity", ReadIdentity));
    }

    static Identity ReadIdentity(FieldReader fields) => new(
        fields.Word("user_specified_values", ["ALWAYS", "BY DEFAULT"], ignoreCase: true) != "BY DEFAULT",
        fields.Clause("sequence_options"));

    sealed record Generated(SqlExpression? Expression, Identity? Identity);
}
