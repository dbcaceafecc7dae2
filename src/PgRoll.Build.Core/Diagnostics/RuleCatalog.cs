using PgRoll.Build.Documents;
using PgRoll.Build.Linting;
using PgRoll.Build.Migrations;
using PgRoll.Build.Operations;

namespace PgRoll.Build.Diagnostics;

/// <summary>Every rule.</summary>
public static class RuleCatalog
{
    /// <summary>The rules that are checked without a database, in the order of their codes.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        .. new[]
        {
            SuppressionRules.Invalid, SuppressionRules.Unused, SuppressionRules.Setting,
            DocumentRules.InvalidSyntax, DocumentRules.InvalidStructure,
            MigrationRules.Empty, MigrationRules.DuplicateName, MigrationRules.AmbiguousOrder, MigrationRules.NonLinear, MigrationRules.ChangedApplied, MigrationRules.NameMismatch,
            ReferenceRules.OperationCombination,
            ReferenceRules.UnknownTable, ReferenceRules.UnknownColumn, ReferenceRules.AlreadyExists, ReferenceRules.UnknownIndexOrConstraint,
            ReferenceRules.NoEffectiveChange, ReferenceRules.ExpressionUnknownColumn, ReferenceRules.ForeignKeyTarget,
            ReferenceRules.DropColumnWithoutDown, ReferenceRules.NotNullWithoutValue, ReferenceRules.MissingMapping, ReferenceRules.NotAnExpression,
            ReferenceRules.DroppedObjectInUse, ReferenceRules.NoOnlinePath,
            RawSqlRules.TransactionControl,
            ReferenceRules.IdentifierTooLong, ReferenceRules.VersionSchemaTooLong, ReferenceRules.VersionNameNeedsQuoting, ReferenceRules.ReservedPrefix,
        }.Concat(LintCatalog.All.Select(lint => lint.Rule)).OrderBy(rule => rule.Id, StringComparer.Ordinal),
    ];

    /// <summary>The rules that only a database can tell of, in the order of their codes.</summary>
    public static IReadOnlyList<Rule> Live { get; } = [LiveRules.ActiveMigration, LiveRules.HistoryMismatch, LiveRules.DataViolates, LiveRules.ExpressionRefused];

    /// <summary>The rules that show when a migration is tried, in the order of their codes.</summary>
    public static IReadOnlyList<Rule> Verify { get; } = VerifyRules.All;

    /// <summary>The rule of that code, or null.</summary>
    public static Rule? Find(string id) => byId.TryGetValue(id, out var rule) ? rule : null;

    static readonly Dictionary<string, Rule> byId = All.Concat(Live).Concat(Verify).ToDictionary(rule => rule.Id);
}
