using PgRoll.Build.Documents;
using PgRoll.Build.Model;

namespace PgRoll.Build.Operations;

/// <summary>What a foreign key of several columns points to, as a migration file describes it.</summary>
sealed record ReferencedKey(string Table, IReadOnlyList<string> Columns)
{
    public ReferentialAction OnDelete { get; init; }
    public IReadOnlyList<string> OnDeleteSetColumns { get; init; } = [];
    public ReferentialAction OnUpdate { get; init; }
    public bool MatchFull { get; init; }

    public static ReferencedKey Read(FieldReader fields)
    {
        var key = new ReferencedKey(fields.RequiredString("table"), fields.RequiredStringList("columns"))
        {
            OnDelete = ReferenceSpec.Action(fields, "on_delete"),
            OnDeleteSetColumns = fields.StringList("on_delete_set_columns"),
            OnUpdate = ReferenceSpec.Action(fields, "on_update"),
            MatchFull = fields.Word("match_type", ReferenceSpec.Matches, ignoreCase: true) == "FULL",
        };
        if (key.OnDeleteSetColumns.Count > 0 && key.OnDelete is not (ReferentialAction.SetNull or ReferentialAction.SetDefault))
            fields.Fail("on_delete_set_columns", "it goes with 'on_delete: SET NULL' or 'SET DEFAULT'.");
        return key;
    }

    public ForeignKey ToConstraint(string name, IReadOnlyList<string> columns, Deferral deferral, FieldReader fields)
    {
        if (Columns.Count != columns.Count)
            fields.Fail("references.columns", $"the key has {columns.Count} columns, the referenced one {Columns.Count}.");
        foreach (var column in OnDeleteSetColumns.Where(c => !columns.Contains(c)))
            fields.Fail("references.on_delete_set_columns", $"'{column}' is not a column of the key.");
        return new(name, Table, Columns)
        {
            Columns = columns,
            OnDelete = OnDelete,
            OnDeleteSetColumns = OnDeleteSetColumns,
            OnUpdate = OnUpdate,
            MatchFull = MatchFull,
            Deferral = deferral,
        };
    }
}
