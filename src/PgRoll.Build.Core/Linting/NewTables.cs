using PgRoll.Build.Statements;

namespace PgRoll.Build.Linting;

/// <summary>The tables that a migration makes, and from when on they are there.</summary>
sealed class NewTables
{
    readonly Dictionary<(string Schema, string Name), int> since = [];

    public NewTables(IEnumerable<LintedOperation> operations, IEnumerable<LintedStatement> statements)
    {
        foreach (var place in operations)
            if (place.Operation is Operations.CreateTable create)
                since[(place.Before.Name, create.Table)] = -1;
        foreach (var place in statements)
            if (!place.IsDown && Made(place.Statement) is { } made)
                since[Key(made, place)] = place.Order;
    }

    public bool Has(ObjectName table, LintedStatement at) => since.TryGetValue(Key(table, at), out var order) && order < at.Order;

    // Temporary objects are in a schema of their own, which is looked through first.
    static (string, string) Key(ObjectName name, LintedStatement at) => (name.Schema is null or "pg_temp" ? at.Schema : name.Schema, name.Name);

    static ObjectName? Made(Statement statement) => statement switch
    {
        Statements.CreateTable { IfNotExists: false } create => create.Table,
        Statements.CreateTable { Persistence: Persistence.Temporary } create => create.Table,
        Query { Into: { } into } => into,
        CreateObject { Kind: ObjectKind.MaterializedView, IfNotExists: false, Created: { } view } => view,
        _ => null,
    };
}
