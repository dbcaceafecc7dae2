using PgRoll.Build.Migrations;
using PgRoll.Build.Operations;
using PgRoll.Build.Statements;

namespace PgRoll.Build.Engine.Verification;

/// <summary>Finds statements about what no single database has: roles, databases, tablespaces, settings of the server. What code does is not known.</summary>
static class SharedObjects
{
    /// <summary>The first such statement, with where it stands; null where there is none.</summary>
    public static string? Find(IEnumerable<Migration> migrations, string? setup) =>
        (setup is null ? [] : StatementParser.Parse(setup).Where(IsShared).Select(statement => $"{Words(statement)} in the setup"))
        .Concat(from migration in migrations
                from raw in migration.Operations.OfType<RawSqlOperation>()
                from statement in raw.Statements.Concat(raw.DownStatements)
                where IsShared(statement)
                select $"{Words(statement)} in '{migration.Name}'").FirstOrDefault();

    static bool IsShared(Statement statement) => statement switch
    {
        CreateObject made => IsShared(made.Kind),
        AlterObject changed => IsShared(changed.Kind),
        DropObjects dropped => IsShared(dropped.Kind),
        PrivilegeStatement => Words(statement).Contains("OWNED", StringComparison.Ordinal),
        _ => false,
    };

    static bool IsShared(ObjectKind kind) => kind is ObjectKind.Role or ObjectKind.Database or ObjectKind.Tablespace or ObjectKind.System;

    static string Words(Statement statement) => string.Join(' ', statement.Source.Tokens.Take(2).Select(token => token.Value)).ToUpperInvariant();
}
