using PgRoll.Build.Model;
using PgRoll.Build.Statements;

namespace PgRoll.Build.Linting;

/// <summary>What a migration makes, tables and what shares their names, and from when on it is there.</summary>
sealed class NewTables
{
    readonly Dictionary<(string Schema, string Name), int> since = [];
    readonly Schema before;

    public NewTables(Schema before, IEnumerable<LintedOperation> operations, IEnumerable<LintedStatement> statements)
    {
        this.before = before;
        foreach (var place in operations)
            if (place.Operation is Operations.CreateTable create)
                since[(place.Before.Name, create.Table)] = -1;
        foreach (var place in statements)
            if (!place.IsDown && Made(place) is { } made && !since.ContainsKey(made))
                since[made] = place.Order;
    }

    public bool Has(ObjectName table, LintedStatement at) => since.TryGetValue(Key(table, at), out var order) && order < at.Order;

    // Temporary objects are in a schema of their own, which is looked through first.
    static (string, string) Key(ObjectName name, LintedStatement at) => (name.Schema is null or "pg_temp" ? at.Schema : name.Schema, name.Name);

    (string, string)? Made(LintedStatement place) => place.Statement switch
    {
        Statements.CreateTable create => IsThere(create, place) ? null : Key(create.Table, place),
        Query { Into: { } into } => Key(into, place),
        CreateEnum type => Key(type.Type, place),
        CreateDomain domain => Key(domain.Domain, place),
        CreateObject { Kind: ObjectKind.MaterializedView or ObjectKind.View or ObjectKind.Sequence or ObjectKind.Type, Created: { } made } =>
            Key(made, place),
        CreateIndex { Index: { } index } create => Has(create.Table, place) ? (place.SchemaOf(create.Table), index.Text) : null,
        AlterTable alter when Has(alter.Target, place) => alter.Actions[0] switch
        {
            RenameAction rename => (place.SchemaOf(alter.Target), rename.To.Text),
            SetSchemaAction move => (move.Schema.Text, alter.Target.Name),
            _ => null,
        },
        _ => null,
    };

    /// <summary>Whether CREATE TABLE IF NOT EXISTS makes nothing.</summary>
    bool IsThere(Statements.CreateTable create, LintedStatement place) => create is { IfNotExists: true, Persistence: not Persistence.Temporary }
        && place.SchemaOf(create.Table) == before.Name && before.Find(create.Table.Name) is not null;
}
