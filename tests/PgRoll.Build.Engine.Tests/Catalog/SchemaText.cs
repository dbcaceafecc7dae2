using System.Text;
using PgRoll.Build.Model;

namespace PgRoll.Build.Engine.Tests;

/// <summary>Prints every property of a model, for people and golden files.</summary>
static class SchemaText
{
    public static string Of(Schema schema)
    {
        var text = new StringBuilder($"schema {schema.Name}\n");
        foreach (var grant in schema.Grants)
            text.Append($"  {Of(grant)}\n");
        if (schema.Defaults.Sequences.Count > 0)
            text.Append($"  new sequences for {List([.. schema.Defaults.Sequences.Select(g => g.Grantee ?? "PUBLIC")])}\n");
        foreach (var table in schema.Tables)
        {
            text.Append($"table {table.Name}{If(table.IsPartitioned, "partitioned")}{If(table.ReplicaIdentity != ReplicaIdentity.Default, $"{table.ReplicaIdentity}")}{Comment(table.Comment)}\n");
            foreach (var part in table.Columns.Select(c => Of(c, table)).Concat(table.Constraints.Select(Of)).Concat(table.Indexes.Select(Of))
                .Concat(table.Statistics.Select(Of)).Concat(table.Grants.Select(Of)))
                text.Append($"  {part}\n");
        }
        return text.ToString();
    }

    static string Of(Column column, Table table) =>
        $"column {column.Name}: {column.Type}{If("collate", column.Collation)}{If(!column.IsNullable, "not null")}{If(column.HasNotNullDomain, "by its domain")}{Of(column.NotNull, table, column)}"
        + If("default", column.Default) + If("generated as", column.GeneratedAs) + Of(column.Identity)
        + If("sequence", column.Sequence) + If("other sequences", column.OtherSequences.Count > 0 ? List(column.OtherSequences) : null)
        + If("statistics", column.Settings.StatisticsTarget) + If("storage", column.Settings.Storage) + If("compression", column.Settings.Compression)
        + If("options", column.Settings.Options) + Comment(column.Comment);

    static string Of(Identity? identity) => identity is null ? "" :
        $" | identity {(identity.Always ? "always" : "by default")} ({identity.SequenceOptions}) from {identity.Sequence}{If("of type", identity.SequenceType)}"
        + string.Concat(identity.SequenceGrants.Select(g => $" | {Of(g)}")) + If("sequence's comment", identity.SequenceComment);

    /// <summary>The name unless it is the server's usual one, which older servers do not have.</summary>
    static string Of(NotNullConstraint? notNull, Table table, Column column) => notNull is null ? "" :
        If("named", notNull.Name == PostgresNames.Choose(table.Name, column.Name, "not_null") ? null : notNull.Name)
        + If(notNull.NoInherit, "no inherit") + If(!notNull.IsValid, "not valid") + If("not null's comment", notNull.Comment);

    static string Of(Constraint constraint) =>
        Kind(constraint) + If(!constraint.IsValid, "not valid") + If(!constraint.IsEnforced, "not enforced") + Comment(constraint.Comment);

    static string Kind(Constraint constraint) => constraint switch
    {
        UniqueConstraint unique => $"{(unique.IsPrimaryKey ? "primary key" : "unique")} {unique.Name}: {List(unique.Columns)}"
            + If("include", unique.Include.Count > 0 ? List(unique.Include) : null) + If(unique.NullsNotDistinct, "nulls not distinct")
            + If("with", unique.StorageParameters) + If("tablespace", unique.Tablespace) + Of(unique.Deferral)
            + If(unique.IsWithoutOverlaps, "without overlaps") + Of(unique.IndexProperties),
        CheckConstraint check => $"check {check.Name}: {List(check.Columns)} {check.Expression}{If(check.NoInherit, "no inherit")}",
        ForeignKey key => $"foreign key {key.Name}: {List(key.Columns)} -> {key.ReferencedSchema}.{key.ReferencedTable} {List(key.ReferencedColumns)}"
            + $" | on delete {key.OnDelete} {List(key.OnDeleteSetColumns)} | on update {key.OnUpdate}{If(key.MatchFull, "match full")}{Of(key.Deferral)}"
            + If(key.HasPeriod, "period") + If(key.HasSwitchedTriggers, "switched triggers"),
        ExclusionConstraint exclusion => $"exclude {exclusion.Name}: {List(exclusion.Columns)} {exclusion.Definition}{Of(exclusion.Deferral)}",
        _ => throw new InvalidOperationException(constraint.ToString()),
    };

    static string Of(Model.Index index) => $"{(index.IsUnique ? "unique index" : "index")} {index.Name}: {List(index.Columns)} {index.Definition}{Of(index.Properties)}";

    static string Of(IndexProperties properties) =>
        If("index's comment", properties.Comment) + If(properties.IsClustered, "clustered")
        + string.Concat(properties.Statistics.Select(s => $" | statistics of {s.Position} {s.Target}"))
        + If("of extensions", properties.Extensions.Count > 0 ? List(properties.Extensions) : null);

    static string Of(ExtendedStatistics statistics) =>
        $"statistics {statistics.Schema}.{statistics.Name}: {List(statistics.Columns)}{If("kinds", statistics.Kinds)} on {statistics.Targets}"
        + If("target", statistics.Target) + If("owner", statistics.Owner) + Comment(statistics.Comment);

    static string Of(Grant grant) =>
        $"grant {grant.Privilege}{(grant.Column is { } column ? $" ({column})" : "")} to {grant.Grantee ?? "PUBLIC"}{If(grant.WithGrantOption, "with grant option")}";

    static string Of(Deferral deferral) => If(deferral != Deferral.NotDeferrable, deferral.ToString());

    static string Comment(string? comment) => If("comment", comment);

    static string List(IReadOnlyList<string> names) => $"({string.Join(", ", names)})";

    static string If(bool condition, string text) => condition ? $" | {text}" : "";

    static string If(string what, object? value) => value is null ? "" : $" | {what} {value}";
}
