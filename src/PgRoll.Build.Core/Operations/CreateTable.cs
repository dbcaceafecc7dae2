using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Model;

namespace PgRoll.Build.Operations;

/// <summary>Makes a table, which only the new version sees.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Constraints">Its constraints, besides those of its columns.</param>
/// <param name="Comment">The comment, or null.</param>
public sealed record CreateTable(string Table, IReadOnlyList<ColumnSpec> Columns, IReadOnlyList<Constraint> Constraints, string? Comment) : Operation
{
    /// <inheritdoc/>
    public override string Name => "create_table";

    internal static OperationGuide Guide { get; } = new(
        "Makes a table, which only the new version sees.",
        """
        name: visits
        columns:
          - { name: id, type: bigserial, pk: true }
          - { name: day, type: date, default: current_date }
          - { name: note, type: text, nullable: true }
        """);

    internal static Operation Read(FieldReader fields) => new CreateTable(
        fields.RequiredName("name"),
        fields.RequiredMappingList("columns", ColumnSpec.Read),
        fields.MappingList("constraints", ConstraintSpec.Read),
        fields.OptionalString("comment"));

    internal override void Validate(Schema before, Report report)
    {
        report.NewTable(before, Table, "name");
        var table = ToTable(before);
        var schema = before.Add(table);
        var columns = new HashSet<string>();
        for (var i = 0; i < Columns.Count; i++)
        {
            var (column, at) = (Columns[i], report.At($"columns[{i}]"));
            at.NewColumnName(column.Name, "name");
            if (!columns.Add(column.Name))
                at.Taken("Column", column.Name, "name");
            if (column.Check is { } check)
                at.At("check").Columns(before, check.Expression, Table, table.Columns, "new", "constraint");
            if (column.GeneratedAs is { } generated)
                at.Columns(before, generated, Table, table.Columns, "new", "generated.expression");
            if (column.References is { } reference)
            {
                at.At("references").NewName(reference.Name, "name");
                at.At("references").ReferencedKey(schema, table, reference.Table, [reference.Column], "table", _ => "column");
            }
        }
        for (var i = 0; i < Constraints.Count; i++)
            Validate(Constraints[i], schema, table, report.At($"constraints[{i}]"));
        var names = new HashSet<string>();
        foreach (var constraint in table.Constraints)
            if (!names.Add(constraint.Name))
                report.Taken("Constraint", constraint.Name, "name");
            else if (constraint.HasIndex && before.FindIndexOwner(constraint.Name) is not null)
                report.Taken("Index", constraint.Name, "name");
        if (Columns.Any(c => c.IsPrimaryKey) && Constraints.OfType<UniqueConstraint>().Any(c => c.IsPrimaryKey))
            report.Add(ReferenceRules.AlreadyExists, "constraints", "The primary key of", Table, "a table has one; say `pk` of its columns, or name them in the constraint");
    }

    internal override Schema Apply(Schema before) => before.Find(Table) is null ? before.Add(ToTable(before)) : before;

    static void Validate(Constraint constraint, Schema schema, Table table, Report report)
    {
        report.NewName(constraint.Name, "name");
        for (var i = 0; i < constraint.Columns.Count; i++)
            report.Column(schema, table, constraint.Columns[i], $"columns[{i}]");
        report.Parts(schema, constraint, table);
    }

    Table ToTable(Schema schema)
    {
        var table = new Table(Table)
        {
            Physical = schema.PhysicalFor(Table),
            IsNew = true,
            Comment = Comment,
            Grants = schema.Defaults.Tables,
            Columns = [.. Columns.Select(c => c.ToColumn(Table, schema))],
        };
        IReadOnlyList<string> key = [.. Columns.Where(c => c.IsPrimaryKey).Select(c => c.Name)];
        IEnumerable<Constraint> constraints =
        [
            .. key.Count == 0 ? [] : (Constraint[])[new UniqueConstraint(schema.Choose(Table, null, "pkey")) { IsPrimaryKey = true, Columns = key }],
            .. Columns.Where(c => c.IsUnique).Select(c => new UniqueConstraint(schema.Choose(Table, c.Name, "key")) { Columns = [c.Name] }),
            .. Columns.Select(c => c.Check?.ToConstraint(table)).OfType<Constraint>(),
            .. Columns.Select(c => c.References?.ToConstraint(c.Name)).OfType<Constraint>(),
            .. Constraints.Select(c => c switch
            {
                CheckConstraint check => check with { Columns = table.ColumnsIn(check.Expression) },
                ExclusionConstraint exclusion => exclusion with { Columns = table.ColumnsIn(exclusion.Definition) },
                _ => c,
            }),
        ];
        var primaryKey = new HashSet<string>(Constraints.OfType<UniqueConstraint>().Where(c => c.IsPrimaryKey).SelectMany(c => c.Columns));
        return table with
        {
            Columns = [.. table.Columns.Select(c => primaryKey.Contains(c.Name) ? c with { IsNullable = false } : c)],
            Constraints = [.. constraints.Select(c => c.HasIndex ? c with { Physical = schema.PhysicalFor(c.Name) } : c)],
        };
    }
}
