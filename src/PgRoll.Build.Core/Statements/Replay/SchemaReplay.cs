using PgRoll.Build.Model;

namespace PgRoll.Build.Statements.Replay;

/// <summary>
/// What SQL makes of a schema that no rollout is changing. A statement whose effect is not known leaves the schema as it was, and is told:
/// from then on what is missing may be there all the same.
/// </summary>
static class SchemaReplay
{
    /// <summary>The schema after the statements, and those of them whose effect is not known.</summary>
    public static (Schema After, IReadOnlyList<Statement> NotUnderstood) Apply(Schema schema, IEnumerable<Statement> statements)
    {
        List<Statement> unclear = [];
        var place = schema.Name;
        schema = schema.ForManyChanges();
        foreach (var statement in statements)
        {
            place = SearchPath.After(statement, place, home: schema.Name);
            if (Step(schema, statement, place) is { } after)
                schema = after;
            else
                unclear.Add(statement);
        }
        schema = schema.Settled();
        return (unclear.Count == 0 ? schema : schema with { IsPartlyUnknown = true }, unclear);
    }

    /// <summary>The schema before each of the statements.</summary>
    public static IEnumerable<Schema> Before(Schema schema, IEnumerable<Statement> statements)
    {
        var place = schema.Name;
        schema = schema.ForManyChanges();
        foreach (var statement in statements)
        {
            yield return schema;
            place = SearchPath.After(statement, place, home: schema.Name);
            schema = Step(schema, statement, place) ?? schema with { IsPartlyUnknown = true };
        }
    }

    /// <summary>Null where the effect is not known.</summary>
    static Schema? Step(Schema schema, Statement statement, string place)
    {
        bool IsOurs(ObjectName name) => (name.Schema ?? place) == schema.Name;
        return statement switch
        {
            CreateTable create => IsOurs(create.Table) && create.Persistence is not Persistence.Temporary ? TableReplay.Create(schema, create, place) : schema,
            AlterTable alter => IsOurs(alter.Target) ? AlterReplay.Apply(schema, alter, place) : MovesHere(alter, schema.Name) ? null : schema,
            CreateIndex create => IsOurs(create.Table) ? IndexReplay.Create(schema, create) : schema,
            DropObjects drop => DropReplay.Apply(schema, drop, IsOurs),
            CommentOn comment => comment.Target is { } target && IsOurs(target) ? CommentReplay.Apply(schema, comment, target) : schema,
            CreateObject { Kind: ObjectKind.Schema, HasOpaqueBody: true } => null,
            AlterObject { Kind: ObjectKind.Type or ObjectKind.Domain or ObjectKind.Schema, RenamedTo: not null } => null,
            CreateObject { Kind: ObjectKind.Sequence, Created: { } sequence, OwnedBy: { } owner } => IsOurs(owner.Table) ? SequenceReplay.Own(schema, sequence, owner) : schema,
            AlterObject { Kind: ObjectKind.Sequence, Target: { } sequence, OwnedBy: { } owner } => IsOurs(owner.Table) ? SequenceReplay.Own(schema, sequence, owner) : schema,
            CreateObject { Kind: ObjectKind.Extension, Created: { } extension } => KnownNames.MakesNoTable(extension.Name) ? schema : null,
            Query { Into: { } into } => IsOurs(into) ? null : schema,
            Query query => KnownNames.CallsNothingElse(query.Source.Tokens) ? schema : null,
            CodeStatement or UnknownStatement => null,
            _ => schema,
        };
    }

    static bool MovesHere(AlterTable alter, string schema) => alter.Actions.Any(action => action is SetSchemaAction move && move.Schema.Text == schema);
}
