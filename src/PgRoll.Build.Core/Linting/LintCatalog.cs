using PgRoll.Build.Linting.Rules;

namespace PgRoll.Build.Linting;

/// <summary>Every rule about what can run and may hurt, in the order of their codes.</summary>
static class LintCatalog
{
    public static IReadOnlyList<LintRule> All { get; } =
    [
        new AnalysisIncomplete(),
        new TableDropped(),
        new ColumnDropped(),
        new SqlSyntax(),
        new VersionViewsBroken(),
        new OutsideTransaction(),
        new NoWayBack(),
        new DestructiveSql(),
        new UnbatchedRows(),
        new BlockingIndex(),
        new ValidatingConstraint(),
        new SqlRewrite(),
        new InternalsTouched(),
        new SessionSettings(),
    ];
}
