using PgRoll.Build.Documents;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Operations;

/// <summary>A table constraint as create_table and create_constraint describe it.</summary>
static class ConstraintSpec
{
    static readonly string[] Types = ["unique", "check", "primary_key", "foreign_key"];

    /// <summary>A constraint of a table to be made.</summary>
    public static Constraint? Read(FieldReader fields) => Read(
        fields, [.. Types, "exclude"], fields.Mapping("exclude", ReadExclusion), ReferenceSpec.ReadDeferral(fields), fields.Bool("nulls_not_distinct"));

    /// <summary>A constraint of a table in use, which knows less.</summary>
    public static Constraint? ReadForExisting(FieldReader fields)
    {
        var constraint = Read(fields, Types, null, Deferral.NotDeferrable, false);
        if (constraint is CheckConstraint { Columns.Count: 0 })
            fields.Fail("columns", "'columns' is missing: the columns that the constraint is about.");
        return constraint;
    }

    static Constraint? Read(FieldReader fields, string[] types, SqlClause? exclude, Deferral deferral, bool nullsNotDistinct)
    {
        var (name, type) = (fields.RequiredName("name"), fields.RequiredWord("type", types));
        var columns = fields.StringList("columns");
        var check = fields.Expression("check");
        var index = fields.Mapping("index_parameters", IndexParameters.Read);
        var references = fields.Mapping("references", ReferencedKey.Read);
        var noInherit = fields.Bool("no_inherit");
        switch (type)
        {
            case "unique" or "primary_key":
                if (columns.Count == 0)
                    Missing(fields, "columns", type);
                return new UniqueConstraint(name)
                {
                    Columns = columns,
                    IsPrimaryKey = type == "primary_key",
                    Include = index?.Include ?? [],
                    StorageParameters = index?.StorageParameters,
                    Tablespace = index?.Tablespace,
                    Deferral = deferral,
                    NullsNotDistinct = nullsNotDistinct && type == "unique",
                };
            case "check":
                if (check is null)
                    Missing(fields, "check", type);
                if (deferral != Deferral.NotDeferrable)
                    fields.Fail("deferrable", "a check cannot be deferrable.");
                if (index is not null)
                    fields.Fail("index_parameters", "a check has no index, hence no index parameters.");
                if (nullsNotDistinct)
                    fields.Fail("nulls_not_distinct", "a check has no index, hence no NULLS NOT DISTINCT.");
                return check is null ? null : new CheckConstraint(name, check) { Columns = columns, NoInherit = noInherit };
            case "foreign_key":
                if (columns.Count == 0)
                    Missing(fields, "columns", type);
                if (references is null)
                    Missing(fields, "references", type);
                return references?.ToConstraint(name, columns, deferral, fields);
            case "exclude":
                if (exclude is null)
                    Missing(fields, "exclude", type);
                return exclude is null ? null : new ExclusionConstraint(name, exclude) { Columns = columns, Deferral = deferral };
            default:
                return null;
        }
    }

    static SqlClause? ReadExclusion(FieldReader fields)
    {
        var (method, elements, predicate) = (fields.Clause("index_method"), fields.RequiredClause("elements"), fields.Expression("predicate"));
        return SqlClause.FromCatalog($"USING {method?.Text ?? "gist"} ({elements.ToSql()}){(predicate is null ? "" : $" WHERE {predicate.ToSql()}")}");
    }

    /// <summary>What is there but wrong was reported already.</summary>
    static void Missing(FieldReader fields, string field, string type)
    {
        if (fields.IsEmpty(field) || field == "columns")
            fields.Fail(field, $"a {type.Replace('_', ' ')} constraint needs '{field}'.");
    }

    sealed record IndexParameters(IReadOnlyList<string> Include, SqlClause? StorageParameters, string? Tablespace)
    {
        public static IndexParameters Read(FieldReader fields) => new(
            fields.StringList("include_columns"), fields.Clause("storage_parameters"),
            fields.OptionalString("tablespace") is { Length: > 0 } tablespace ? tablespace : null);
    }
}
