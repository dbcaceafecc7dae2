using PgRoll.Build.Model;

namespace PgRoll.Build.Statements.Replay;

/// <summary>COMMENT ON.</summary>
static class CommentReplay
{
    public static Schema Apply(Schema schema, CommentOn comment, ObjectName target)
    {
        if (schema.Find(target.Name) is not { } table)
            return schema;
        return comment switch
        {
            { Kind: ObjectKind.Table } => schema.Replace(table, t => t with { Comment = comment.Text }),
            { Kind: ObjectKind.Column, Part: { } column } => schema.Replace(table, t => t.Replace(column.Text, c => c with { Comment = comment.Text })),
            { Kind: ObjectKind.Constraint, Part: { } name } => schema.Replace(table, t => t with
            {
                Constraints = [.. t.Constraints.Select(c => c.Name == name.Text ? c with { Comment = comment.Text } : c)],
            }),
            _ => schema,
        };
    }
}
