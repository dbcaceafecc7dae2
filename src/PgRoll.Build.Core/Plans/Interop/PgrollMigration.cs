using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Operations;

namespace PgRoll.Build.Plans.Interop;

/// <summary>A migration that pgroll started, and what of it is in the database. Names are all that is relied on.</summary>
/// <param name="Migration">The migration, as the history holds it.</param>
/// <param name="Actual">The base schema with all that is in it, by the names in the database.</param>
/// <param name="Visible">What of that has names of the user's: the old version, and what pgroll makes under its final name at once.</param>
/// <param name="Functions">The functions of pgroll's triggers in the base schema.</param>
/// <param name="Triggers">The tables that have pgroll's triggers, and the functions that these call.</param>
/// <param name="VersionSchema">The migration's version schema; null where there is none.</param>
/// <param name="PreviousVersionSchema">The one before it; null where there is none.</param>
/// <param name="Facts">What is known about the server.</param>
sealed record PgrollMigration(
    Migration Migration, Schema Actual, Schema Visible, IReadOnlyList<string> Functions, IReadOnlyList<(string Table, string Function)> Triggers,
    string? VersionSchema, string? PreviousVersionSchema, ServerFacts Facts)
{
    /// <summary>The tables that it drops, renamed at start: the name they had, and the one they have.</summary>
    public IReadOnlyList<(string Name, string Physical)> DroppedTables { get; } =
    [
        .. from place in Enumerable.Range(0, Migration.Operations.Count)
           where Migration.Operations[place] is DropTable
           let name = NameBefore(((DropTable)Migration.Operations[place]).Table, Migration.Operations.Take(place))
           let physical = GeneratedNames.DeletedTable(name)
           where Actual.Find(physical) is not null
           select (name, physical),
    ];

    /// <summary>What is left to be done: pgroll's start does the rest in its final form.</summary>
    public Migration Pending
    {
        get
        {
            IReadOnlyList<int> places = [.. Enumerable.Range(0, Migration.Operations.Count).Where(i =>
                Migration.Operations[i] is not (CreateTable or CreateIndex or DropTable or SetReplicaIdentity or RawSqlOperation { OnComplete: false }))];
            return Migration with
            {
                Operations = [.. places.Select(i => Migration.Operations[i] is AlterColumn alter ? alter with { IsAlwaysCopied = true } : Migration.Operations[i])],
                Places = [.. places.Select(i => Migration.Places[i])],
            };
        }
    }

    static string NameBefore(string table, IEnumerable<Operation> operations) =>
        operations.OfType<RenameTable>().Reverse().Aggregate(table, static (name, rename) => rename.To == name ? rename.From : name);
}
