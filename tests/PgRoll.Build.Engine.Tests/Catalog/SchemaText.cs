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
        foreach (var table in schema.Tables)
        {
            text.Append($"table {table.Name}{If(table.IsPartitioned, "partitioned")}{If(table.ReplicaIdentity != ReplicaIdentity.Default, $"{table.ReplicaIdentity}")}{Comment(table.Comment)}\n");
            foreach (var part in table.Columns.Select(Of).Concat(table.Constraints.Select(Of)).Concat(table.Indexes.Select(Of)).Concat(table.Grants.Select(Of)))
                text.Append($"  {part}\n");
        }
        return text.ToString();
    }

    static string Of(Column column) =>
        $"column {column.Name}: {column.Type}{If(!column.IsNullable, "not null")}{If("default", column.Default)}{If("generated as", column.GeneratedAs)}"
        + (column.Identity is { } identity ? $" | identity {(identity.Always ? "always" : "by default")} ({identity.SequenceOptions}) from {identity.Sequence}" : "")
        + If("sequence", column.Sequence) + Comment(column.Comment);

    static string Of(Constraint constraint) => constraint switch
    {
        UniqueConstraint unique => $"{(unique.IsPrimaryKey ? "primary key" : "unique")} {unique.Name}: {List(unique.Columns)}"
            + If("include", unique.Include.Count > 0 ? List(unique.Include) : null) + If(unique.NullsNotDistinct, "nulls not distinct")
            + If("with", unique.StorageParameters) + If("tablespace", unique.Tablespace) + Of(unique.Deferral),
        CheckConstraint check => $"check {check.Name}: {List(check.Columns)} {check.Expression}{If(check.NoInherit, "no inherit")}",
        ForeignKey key => $"foreign key {key.Name}: {List(key.Columns)} -> {key.ReferencedSchema}.{key.ReferencedTable} {List(key.ReferencedColumns)}"
            + $" | on delete {key.OnDelete} {List(key.OnDeleteSetColumns)} | on update {key.OnUpdate}{If(key.MatchFull, "match full")}{Of(key.Deferral)}",
        ExclusionConstraint exclusion => $"exclude {exclusion.Name}: {List(exclusion.Columns)} {exclusion.Definition}{Of(exclusion.Deferral)}",
        _ => throw new InvalidOperationException(constraint.ToString()),
    };

    static string Of(Model.Index index) => $"{(index.IsUnique ? "unique index" : "index")} {index.Name}: {List(index.Columns)} {index.Definition}{Comment(index.Comment)}";

    static string Of(Grant grant) =>
        $"grant {grant.Privilege}{(grant.Column is { } column ? $" ({column})" : "")} to {grant.Grantee ?? "PUBLIC"}{If(grant.WithGrantOption, "with grant option")}";

    static string Of(Deferral deferral) => If(deferral != Deferral.NotDeferrable, deferral.ToString());

    static string Comment(string? comment) => If("comment", comment);

    static string List(IReadOnlyList<string> names) => $"({string.Join(", ", names)})";

    static string If(bool condition, string text) => condition ? $" | {text}" : "";

    static string If(string what, object? value) => value is null ? "" : $" | {what} {value}";
}
