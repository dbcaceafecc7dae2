using PgRoll.Build.Model;

namespace PgRoll.Build.Statements.Replay;

/// <summary>ALTER TABLE, action by action.</summary>
static class AlterReplay
{
    /// <summary>Null where the effect is not known.</summary>
    public static Schema? Apply(Schema schema, AlterTable alter, string place)
    {
        if (alter.Kind is ObjectKind.Index || schema.Find(alter.Target.Name) is null)
            return Index(schema, alter);
        var name = alter.Target.Name;
        Schema? after = schema;
        foreach (var action in alter.Actions)
        {
            if (after?.Find(name) is not { } table)
                return after;
            after = Apply(after, table, action, place);
            name = action is RenameAction rename ? rename.To.Text : name;
        }
        return after;
    }

    static Schema? Apply(Schema schema, Table table, TableAction action, string place) => action switch
    {
        AddColumnAction add => TableReplay.AddColumn(schema, table.Name, add, place),
        DropColumnAction drop => TableReplay.DropColumn(schema, table, drop.Column.Text),
        ChangeTypeAction change => schema.Replace(table, t => t.Replace(change.Column.Text, c => c with
        {
            Type = change.Type,
            Collation = change.Collation,
            HasNotNullDomain = false,
            HasDefaultDomain = false,
            Default = c.Default?.WithoutLiteralCast(),
        })),
        ChangeDefaultAction change => schema.Replace(table, t => t.Replace(change.Column.Text, c => SequenceReplay.WithDefault(c, change.Default?.Value))),
        ChangeNullabilityAction change => schema.Replace(table, t => t.Replace(change.Column.Text, c => c with
        {
            IsNullable = change.IsNullable,
            NotNull = change.IsNullable ? null : c.NotNull,
        })),
        ChangeGenerationAction change => Generation(schema, table, change),
        AddConstraintAction add => ConstraintReplay.Add(schema, table.Name, add.Constraint, place),
        DropConstraintAction drop => schema.Replace(table, t => t with { Constraints = [.. t.Constraints.Where(c => c.Name != drop.Constraint.Text)] }),
        ValidateConstraintAction validate => Change(schema, table, validate.Constraint, c => c with { IsValid = true }),
        RenameAction rename => schema.Replace(table, t => t with { Name = rename.To.Text, Physical = rename.To.Text }).PointForeignKeys(table.Name, key => key with { ReferencedTable = rename.To.Text }),
        RenameColumnAction rename => schema.Replace(table, t => t.RenameColumn(rename.Column.Text, rename.To.Text)).PointForeignKeys(table.Name, key => key with
        {
            ReferencedColumns = [.. key.ReferencedColumns.Select(c => c == rename.Column.Text ? rename.To.Text : c)],
        }),
        RenameConstraintAction rename => Change(schema, table, rename.Constraint, c => c with { Name = rename.To.Text, Physical = rename.To.Text }),
        SetSchemaAction move => move.Schema.Text == schema.Name ? schema : schema.Remove(table).PointForeignKeys(table.Name, key => key with { ReferencedSchema = move.Schema.Text }),
        AttachPartitionAction attach => schema.Find(attach.Partition.Name) is { } partition ? schema.Remove(partition) : schema,
        DetachPartitionAction => null,
        InheritAction => schema.Replace(table, t => t with { IsInherited = true }),
        AlterConstraintAction => null,
        _ => schema,
    };

    static Schema? Generation(Schema schema, Table table, ChangeGenerationAction change) => change.Change switch
    {
        GenerationChange.AddIdentity => schema.Replace(table, t => t.Replace(change.Column.Text,
            c => (c with { Identity = change.Identity, IsNullable = false }).WithSequence(schema.Name, schema.Choose(table.Name, c.Name, "seq")))),
        GenerationChange.DropIdentity => schema.Replace(table, t => t.Replace(change.Column.Text, c => c with { Identity = null })),
        GenerationChange.DropExpression => schema.Replace(table, t => t.Replace(change.Column.Text, c => c with { GeneratedAs = null })),
        GenerationChange.SetIdentity => schema,
        _ => null,
    };

    static Schema Change(Schema schema, Table table, Name name, Func<Constraint, Constraint> change) => schema.Replace(table, t => t with
    {
        Constraints = [.. t.Constraints.Select(c => c.Name == name.Text ? change(c) : c)],
    });

    /// <summary>ALTER INDEX, or ALTER TABLE of an index: of what it does, its name alone matters here.</summary>
    static Schema Index(Schema schema, AlterTable alter)
    {
        if (alter.Actions.Count != 1 || alter.Actions[0] is not RenameAction rename || schema.FindIndexOwner(alter.Target.Name) is not { } table)
            return schema;
        return Change(schema, table, new(alter.Target.Name, alter.Target.Span), c => c with { Name = rename.To.Text, Physical = rename.To.Text }).Replace(table, t => t with
        {
            Indexes = [.. t.Indexes.Select(i => i.Name == alter.Target.Name ? i with { Name = rename.To.Text, Physical = rename.To.Text } : i)],
        });
    }
}
