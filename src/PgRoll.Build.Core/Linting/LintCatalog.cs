using PgRoll.Build.Linting.Rules;

namespace PgRoll.Build.Linting;

/// <summary>Every rule about what can run and may hurt, in the order of their codes.</summary>
static class LintCatalog
{
    public static IReadOnlyList<LintRule> All { get; } =
    [
        new AnalysisIncomplete(),
        new MappingVolatile(),
        new MappingMayBeNull(),
        new MappingLosesValues(),
        new MappingMayFail(),
        new NameUnknown(),
        new TableDropped(),
        new ColumnDropped(),
        new CheckNotRepaired(),
        new UniqueMayFail(),
        new ForeignKeyMayFail(),
        new TypeNarrowed(),
        new ForeignKeyWithoutIndex(),
        new TableWithoutPrimaryKey(),
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
        new NameNeedsQuotes(),
        new KeyMayRunOut(),
        new IdentityPreferred(),
        new TimeZonePreferred(),
        new TextPreferred(),
        new JsonbPreferred(),
    ];
}
