using PgRoll.Build.Documents;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;
using PgRoll.Build.Statements;
using PgRoll.Build.Statements.Replay;

namespace PgRoll.Build.Conversion;

/// <summary>Constraints, as fields of create_table and create_constraint.</summary>
static class ConstraintConversion
{
    /// <summary>ALTER TABLE … ADD CONSTRAINT on a table in use.</summary>
    public static Converted Add(ConversionContext context, string tableName, ConstraintDefinition definition)
    {
        if ((Unsayable(definition) ?? Unaddable(definition)) is { } reason)
            return Converted.Sql(reason);
        if (Replayed(context, tableName, definition) is not { } constraint)
            return Converted.Sql("the constraint is not understood");
        return Missing(constraint) is { } missing ? Converted.Sql(missing) : Converted.To(Of(context, tableName, constraint));
    }

    /// <summary>create_constraint. Rows that are there already may not satisfy it: what becomes of them, nobody but a person knows.</summary>
    public static OperationNode Of(ConversionContext context, string table, Constraint constraint)
    {
        var isSafe = constraint is CheckConstraint ? context.IsNew(table) : context.IsEmpty(table, constraint.Columns);
        return OperationNode.Of("create_constraint",
        [
            ("table", Nodes.Text(table)), .. Fields(constraint),
            ("up", Map(constraint.Columns, c => isSafe ? Placeholder.Itself(c) : Placeholder.For(Wanted(constraint, c)))),
            ("down", Map(constraint.Columns, Placeholder.Itself)),
        ]);
    }

    /// <summary>What a constraint of a table in use cannot be, or null.</summary>
    public static string? Unaddable(ConstraintDefinition definition) => definition switch
    {
        { IsNotValid: true } => "create_constraint validates what it adds, and NOT VALID does not",
        KeyDefinition { UsingIndex: not null } => "no operation makes a constraint of an index",
        ExclusionDefinition => "create_constraint makes no exclusion constraint",
        { Deferral: not Deferral.NotDeferrable } => "create_constraint makes no deferrable constraint",
        KeyDefinition { NullsNotDistinct: true } => "create_constraint does not know NULLS NOT DISTINCT",
        _ => null,
    };

    /// <summary>An expression for each of some columns.</summary>
    public static MappingNode Map(IEnumerable<string> columns, Func<string, string> expression) => Nodes.Map(columns.Distinct().Select(c => (c, (Node?)Nodes.Text(expression(c)))));

    /// <summary>What no field of a constraint says, or null.</summary>
    public static string? Unsayable(ConstraintDefinition definition) => definition switch
    {
        { IsEnforced: false } => "no operation makes a constraint that is not enforced",
        KeyDefinition { IsWithoutOverlaps: true } => "no operation knows WITHOUT OVERLAPS",
        ForeignKeyDefinition { HasPeriod: true } => "no operation knows a foreign key with PERIOD",
        NotNullDefinition { NoInherit: true } => "no operation knows NOT NULL NO INHERIT",
        NotNullDefinition { Column: null } => "no operation makes NOT NULL as a constraint of the table",
        _ => null,
    };

    /// <summary>What a constraint says of itself that a file cannot, once its names are known; null for nothing.</summary>
    public static string? Missing(Constraint constraint) => constraint switch
    {
        ForeignKey { ReferencedSchema: not null } => "the foreign key points to another schema",
        ForeignKey { ReferencedColumns.Count: 0 } key => $"which columns of {key.ReferencedTable} the foreign key points to is not known",
        CheckConstraint { Columns.Count: 0 } => "the check names no column",
        _ => null,
    };

    /// <summary>Name, type, and what is particular to the type.</summary>
    public static (string Key, Node? Value)[] Fields(Constraint constraint) =>
    [
        ("name", Nodes.Text(constraint.Name)),
        ("type", Nodes.Text(constraint switch { UniqueConstraint { IsPrimaryKey: true } => "primary_key", UniqueConstraint => "unique", CheckConstraint => "check", ForeignKey => "foreign_key", _ => "exclude" })),
        ("columns", constraint is ExclusionConstraint ? null : Nodes.Texts(constraint.Columns)),
        ("check", Nodes.Optional((constraint as CheckConstraint)?.Expression.Text)),
        ("references", constraint is ForeignKey key ? References(key) : null),
        ("index_parameters", constraint is UniqueConstraint unique ? IndexParameters(unique) : null),
        ("no_inherit", Nodes.Flag(constraint is CheckConstraint { NoInherit: true })),
    ];

    /// <summary>NO ACTION, which is what is meant where nothing is said, is left out.</summary>
    public static ScalarNode? Action(ReferentialAction action) => Nodes.Optional(action switch
    {
        ReferentialAction.Restrict => "RESTRICT",
        ReferentialAction.Cascade => "CASCADE",
        ReferentialAction.SetNull => "SET NULL",
        ReferentialAction.SetDefault => "SET DEFAULT",
        _ => null,
    });

    /// <summary>The constraint under the name that the server would choose; of a table that is not known, as much as its own words tell.</summary>
    static Constraint? Replayed(ConversionContext context, string tableName, ConstraintDefinition definition)
    {
        var schema = context.Schema;
        if (schema.Find(tableName) is not { } table)
        {
            IEnumerable<string> columns = definition is CheckDefinition check ? check.Expression.Value.DefiniteColumnNames.Select(n => n.Name).Distinct() : [];
            table = new(tableName) { Columns = [.. columns.Select(c => new Column(c, SqlType.FromCatalog("text")))] };
            schema = schema.Add(table);
        }
        var after = ConstraintReplay.Add(schema, tableName, definition, context.Place).Find(tableName)!;
        return after.Constraints.Count > table.Constraints.Count ? after.Constraints[after.Constraints.Count - 1] : null;
    }

    static string Wanted(Constraint constraint, string column) => constraint switch
    {
        CheckConstraint check => $"what '{column}' becomes in rows that do not satisfy {SingleLine(check.Expression.Text)}",
        ForeignKey key => $"what '{column}' becomes in rows that point to nothing in {key.ReferencedTable}",
        UniqueConstraint { IsPrimaryKey: true } => $"what '{column}' becomes in rows without a value and in rows that have the same as others",
        _ => $"what '{column}' becomes in rows that have the same as others",
    };

    static string SingleLine(string text) => string.Join(" ", text.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));

    static MappingNode References(ForeignKey key) => Nodes.Map(
        ("table", Nodes.Text(key.ReferencedTable)),
        ("columns", Nodes.Texts(key.ReferencedColumns)),
        ("on_delete", Action(key.OnDelete)),
        ("on_delete_set_columns", Nodes.OptionalTexts(key.OnDeleteSetColumns)),
        ("on_update", Action(key.OnUpdate)),
        ("match_type", key.MatchFull ? Nodes.Text("FULL") : null));

    static MappingNode? IndexParameters(UniqueConstraint key) => key.Include.Count == 0 && key.StorageParameters is null && key.Tablespace is null ? null : Nodes.Map(
        ("include_columns", Nodes.OptionalTexts(key.Include)),
        ("storage_parameters", Nodes.Optional(key.StorageParameters?.Text)),
        ("tablespace", Nodes.Optional(key.Tablespace)));
}
