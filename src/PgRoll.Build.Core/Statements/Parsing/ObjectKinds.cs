namespace PgRoll.Build.Statements.Parsing;

/// <summary>The words by which CREATE, ALTER, DROP and COMMENT ON call kinds of objects.</summary>
static class ObjectKinds
{
    /// <summary>Longer ones first where one begins like another.</summary>
    static readonly (ObjectKind Kind, string[] Words)[] all =
    [
        (ObjectKind.ForeignTable, ["foreign", "table"]),
        (ObjectKind.ForeignDataWrapper, ["foreign", "data", "wrapper"]),
        (ObjectKind.Table, ["table"]),
        (ObjectKind.MaterializedView, ["materialized", "view"]),
        (ObjectKind.View, ["view"]),
        (ObjectKind.Index, ["index"]),
        (ObjectKind.Sequence, ["sequence"]),
        (ObjectKind.Type, ["type"]),
        (ObjectKind.Domain, ["domain"]),
        (ObjectKind.Schema, ["schema"]),
        (ObjectKind.Function, ["function"]),
        (ObjectKind.Procedure, ["procedure"]),
        (ObjectKind.Aggregate, ["aggregate"]),
        (ObjectKind.Routine, ["routine"]),
        (ObjectKind.Trigger, ["constraint", "trigger"]),
        (ObjectKind.EventTrigger, ["event", "trigger"]),
        (ObjectKind.Trigger, ["trigger"]),
        (ObjectKind.Rule, ["rule"]),
        (ObjectKind.Policy, ["policy"]),
        (ObjectKind.Extension, ["extension"]),
        (ObjectKind.Statistics, ["statistics"]),
        (ObjectKind.Collation, ["collation"]),
        (ObjectKind.Conversion, ["default", "conversion"]),
        (ObjectKind.Conversion, ["conversion"]),
        (ObjectKind.OperatorClass, ["operator", "class"]),
        (ObjectKind.OperatorFamily, ["operator", "family"]),
        (ObjectKind.Operator, ["operator"]),
        (ObjectKind.Cast, ["cast"]),
        (ObjectKind.Language, ["trusted", "procedural", "language"]),
        (ObjectKind.Language, ["trusted", "language"]),
        (ObjectKind.Language, ["procedural", "language"]),
        (ObjectKind.Language, ["language"]),
        (ObjectKind.Transform, ["transform"]),
        (ObjectKind.AccessMethod, ["access", "method"]),
        (ObjectKind.TextSearch, ["text", "search", "configuration"]),
        (ObjectKind.TextSearch, ["text", "search", "dictionary"]),
        (ObjectKind.TextSearch, ["text", "search", "parser"]),
        (ObjectKind.TextSearch, ["text", "search", "template"]),
        (ObjectKind.Publication, ["publication"]),
        (ObjectKind.Subscription, ["subscription"]),
        (ObjectKind.Server, ["server"]),
        (ObjectKind.UserMapping, ["user", "mapping"]),
        (ObjectKind.Role, ["role"]),
        (ObjectKind.Role, ["user"]),
        (ObjectKind.Role, ["group"]),
        (ObjectKind.Database, ["database"]),
        (ObjectKind.Tablespace, ["tablespace"]),
        (ObjectKind.LargeObject, ["large", "object"]),
        (ObjectKind.Column, ["column"]),
        (ObjectKind.Constraint, ["constraint"]),
        (ObjectKind.DefaultPrivileges, ["default", "privileges"]),
        (ObjectKind.System, ["system"]),
    ];

    /// <summary>What kinds begin with.</summary>
    public static IReadOnlyList<string> FirstWords { get; } = [.. all.Select(kind => kind.Words[0]).Distinct()];

    /// <summary>Goes past the words of a kind; null where none follow.</summary>
    public static ObjectKind? SkipKind(this TokenReader r)
    {
        foreach (var (kind, words) in all)
            if (r.Skip(words))
                return kind;
        return null;
    }

    /// <summary>Whether objects of this kind belong to a table, and are named with it (ON).</summary>
    public static bool BelongsToTable(this ObjectKind kind) => kind is ObjectKind.Trigger or ObjectKind.Rule or ObjectKind.Policy;

    /// <summary>The name of an object of this kind: casts, mappings and operators have none that is a name.</summary>
    public static ObjectName? NameOf(this TokenReader r, ObjectKind kind) =>
        kind is ObjectKind.Cast or ObjectKind.UserMapping or ObjectKind.Operator or ObjectKind.Transform or ObjectKind.LargeObject
            or ObjectKind.DefaultPrivileges or ObjectKind.System || !r.IsName ? null : r.ObjectName();
}
