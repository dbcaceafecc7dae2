using PgRoll.Build.Documents;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Operations;

/// <summary>A table constraint as create_table describes it: the constraint itself, and where its parts stand in the file.</summary>
static class ConstraintSpec
{
    static readonly string[] Types = ["unique", "check", "primary_key", "foreign_key", "exclude"];

    public static Constraint? Read(FieldReader fields)
    {
        var (name, type) = (fields.RequiredString("name"), fields.RequiredWord("type", Types));
        var columns = fields.StringList("columns");
        var check = fields.Expression("check");
        var parameters = fields.Mapping("index_parameters");
        var (include, storage, tablespace) = (parameters?.StringList("include_columns") ?? [], parameters?.Clause("storage_parameters"), parameters?.OptionalString("tablespace"));
        parameters?.Done();
        var references = fields.Mapping("references");
        var exclude = fields.Mapping("exclude");
        var deferral = ReferenceSpec.ReadDeferral(fields);
        var (nullsNotDistinct, noInherit) = (fields.Bool("nulls_not_distinct"), fields.Bool("no_inherit"));
        Constraint? constraint = (name, type) switch
        {
            (null, _) or (_, null) => null,
            (_, "unique" or "primary_key") when columns.Count == 0 => Missing(fields, "columns", type),
            (_, "unique" or "primary_key") => new UniqueConstraint(name)
            {
                Columns = columns,
                IsPrimaryKey = type == "primary_key",
                Include = include,
                StorageParameters = storage,
                Tablespace = string.IsNullOrEmpty(tablespace) ? null : tablespace,
                Deferral = deferral,
                NullsNotDistinct = nullsNotDistinct && type == "unique",
            },
            (_, "check") when deferral != Deferral.NotDeferrable => Invalid(fields, "deferrable", "A check cannot be deferrable"),
            (_, "check") when parameters is not null => Invalid(fields, "index_parameters", "A check has no index, hence no index parameters"),
            (_, "check") when nullsNotDistinct => Invalid(fields, "nulls_not_distinct", "A check has no index, hence no NULLS NOT DISTINCT"),
            (_, "check") => check is null ? Missing(fields, "check", type) : new CheckConstraint(name, check) { Columns = columns, NoInherit = noInherit },
            (_, "foreign_key") when columns.Count == 0 => Missing(fields, "columns", type),
            (_, "foreign_key") => references is null ? Missing(fields, "references", type) : ReadForeignKey(name, columns, deferral, references),
            _ => exclude is null ? Missing(fields, "exclude", type) : ReadExclusion(name, columns, deferral, exclude),
        };
        exclude?.Done();
        references?.Done();
        fields.Done();
        return constraint;
    }

    public static ForeignKey? ReadForeignKey(string name, IReadOnlyList<string> columns, Deferral deferral, FieldReader references)
    {
        var (table, referenced) = (references.RequiredString("table"), references.StringList("columns"));
        var key = new ForeignKey(name, table ?? "", referenced)
        {
            Columns = columns,
            OnDelete = ReferenceSpec.Action(references, "on_delete"),
            OnUpdate = ReferenceSpec.Action(references, "on_update"),
            MatchFull = references.OptionalWord("match_type", ReferenceSpec.Matches) == "FULL",
            OnDeleteSetColumns = references.StringList("on_delete_set_columns"),
            Deferral = deferral,
        };
        if (referenced.Count != columns.Count)
            references.Report.Add(DocumentRules.InvalidStructure, "columns", $"The key has {columns.Count} columns, the referenced one {referenced.Count}");
        if (key.OnDeleteSetColumns.Count > 0 && key.OnDelete is not (ReferentialAction.SetNull or ReferentialAction.SetDefault))
            references.Report.Add(DocumentRules.InvalidStructure, "on_delete_set_columns", "`on_delete_set_columns` goes with `on_delete: SET NULL` or `SET DEFAULT`");
        foreach (var column in key.OnDeleteSetColumns.Where(c => !columns.Contains(c)))
            references.Report.Add(DocumentRules.InvalidStructure, "on_delete_set_columns", $"'{column}' is not a column of the key");
        return table is null ? null : key;
    }

    static ExclusionConstraint? ReadExclusion(string name, IReadOnlyList<string> columns, Deferral deferral, FieldReader exclude)
    {
        var (method, elements, predicate) = (exclude.OptionalString("index_method"), exclude.RequiredClause("elements"), exclude.Expression("predicate"));
        if (elements is null)
            return null;
        var definition = $"USING {(string.IsNullOrEmpty(method) ? "gist" : method)} ({elements.Text}){(predicate is null ? "" : $" WHERE {predicate.ToSql()}")}";
        var clause = SqlClause.Parse(definition, out var problem);
        if (clause is null)
            exclude.Report.Add(ReferenceRules.NotAnExpression, "elements", "elements", problem ?? "");
        return clause is null ? null : new(name, clause) { Columns = columns, Deferral = deferral };
    }

    static Constraint? Missing(FieldReader fields, string field, string type) => Invalid(fields, field, $"A {type.Replace('_', ' ')} constraint needs `{field}`");

    static Constraint? Invalid(FieldReader fields, string field, string message)
    {
        fields.Report.Add(DocumentRules.InvalidStructure, field, message);
        return null;
    }
}
