using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Model;

namespace PgRoll.Build.Operations;

/// <summary>Renames a column; until complete only the new version's view bears the new name.</summary>
/// <param name="Table">The table.</param>
/// <param name="From">The column.</param>
/// <param name="To">Its new name.</param>
public sealed record RenameColumn(string Table, string From, string To) : Operation
{
    /// <inheritdoc/>
    public override string Name => "rename_column";

    internal static OperationGuide Guide { get; } = new(
        "Renames a column. Each version has its own name for it until complete.",
        """
        table: customers
        from: name
        to: full_name
        """);

    internal static Operation Read(FieldReader fields) =>
        new RenameColumn(fields.RequiredString("table"), fields.RequiredString("from"), fields.RequiredName("to"));

    internal override void Validate(Schema before, Report report)
    {
        report.NewColumnName(To, "to");
        if (report.Table(before, Table) is not { } table)
            return;
        report.Column(before, table, From, "from");
        report.NotShared(table, "from");
        if (table.Find(To) is not null)
            report.Taken("Column", To, "to");
    }

    internal override Schema Apply(Schema before)
    {
        if (before.Find(Table) is not { } table || table.Find(From) is null)
            return before;
        string Rename(string column) => column == From ? To : column;
        return before
            .Replace(table, t =>
            {
                var renamed = t.RenameColumn(From, To);
                return t.IsNew ? renamed : renamed.Map(new ColumnRenamed(From, To));
            })
            .PointForeignKeys(Table, key => key with { ReferencedColumns = [.. key.ReferencedColumns.Select(Rename)] });
    }
}
