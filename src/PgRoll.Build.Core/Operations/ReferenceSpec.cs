using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Model;

namespace PgRoll.Build.Operations;

/// <summary>A column's foreign key as a migration file describes it.</summary>
/// <param name="Name">The constraint's name.</param>
/// <param name="Table">The table it points to.</param>
/// <param name="Column">The column it points to.</param>
public sealed record ReferenceSpec(string Name, string Table, string Column)
{
    internal static readonly string[] Actions = ["NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT"], Matches = ["SIMPLE", "FULL"];

    /// <summary>What a delete of the referenced row does.</summary>
    public ReferentialAction OnDelete { get; init; }

    /// <summary>What an update of the referenced key does.</summary>
    public ReferentialAction OnUpdate { get; init; }

    /// <summary>MATCH FULL rather than SIMPLE.</summary>
    public bool MatchFull { get; init; }

    /// <summary>When it is checked.</summary>
    public Deferral Deferral { get; init; }

    internal static ReferenceSpec Read(FieldReader fields) =>
        new(fields.RequiredName("name"), fields.RequiredString("table"), fields.RequiredString("column"))
        {
            OnDelete = Action(fields, "on_delete"),
            OnUpdate = Action(fields, "on_update"),
            MatchFull = fields.Word("match_type", Matches, ignoreCase: true) == "FULL",
            Deferral = ReadDeferral(fields),
        };

    internal static ReferentialAction Action(FieldReader fields, string name) => fields.Word(name, Actions, ignoreCase: true) switch
    {
        "RESTRICT" => ReferentialAction.Restrict,
        "CASCADE" => ReferentialAction.Cascade,
        "SET NULL" => ReferentialAction.SetNull,
        "SET DEFAULT" => ReferentialAction.SetDefault,
        _ => ReferentialAction.NoAction,
    };

    internal static Deferral ReadDeferral(FieldReader fields) => (fields.Bool("deferrable"), fields.Bool("initially_deferred")) switch
    {
        (true, true) => Deferral.InitiallyDeferred,
        (true, false) => Deferral.Deferrable,
        _ => Deferral.NotDeferrable,
    };

    internal void Validate(Schema schema, Table own, Report report)
    {
        report.NewConstraint(schema, own, Name, hasIndex: false, "name");
        report.ReferencedKey(schema, own, Table, [Column], "table", _ => "column");
    }

    internal ForeignKey ToConstraint(string column) => new(Name, Table, [Column])
    {
        Columns = [column],
        OnDelete = OnDelete,
        OnUpdate = OnUpdate,
        MatchFull = MatchFull,
        Deferral = Deferral,
    };
}
