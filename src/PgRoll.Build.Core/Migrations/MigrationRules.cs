using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Migrations;

/// <summary>What is wrong with a migration as a file among others (PGR0103 to PGR0109).</summary>
static class MigrationRules
{
    public static readonly Rule Empty = new("PGR0103", "empty-migration", Severity.Warning,
        "Empty migration",
        "The migration has no operations.",
        "It makes a version like the one before it.",
        "Delete the file, or add operations.");

    public static readonly Rule DuplicateName = new("PGR0104", "duplicate-migration-name", Severity.Error,
        "Name used twice",
        "{0} '{1}' is also that of '{2}'.",
        "The second would be refused by the database's history, or replace the first one's version schema.",
        "Rename one of the two.");

    public static readonly Rule AmbiguousOrder = new("PGR0105", "ambiguous-order", Severity.Warning,
        "Order not obvious",
        "{0}: files run in the order of their names, byte by byte, '{1}' before '{2}'.",
        "People read numbers as numbers; the order they expect may be another.",
        "Give every file a prefix of its own, all of one width.");

    public static readonly Rule NonLinear = new("PGR0106", "non-linear-history", Severity.Error,
        "Migration before one that is applied",
        "'{0}' is not applied, and comes before '{1}', which is.",
        "Databases that have the later one would refuse it, and new ones apply it in another order.",
        "Rename it, so that it sorts last.");

    public static readonly Rule ChangedApplied = new("PGR0107", "changed-applied-migration", Severity.Error,
        "Applied migration changed",
        "'{0}' {1}.",
        "Databases that have it do not get the change, and those made anew differ from them.",
        "Take the change back, and say it in a new migration.");

    public static readonly Rule NameMismatch = new("PGR0109", "name-mismatch", Severity.Warning,
        "Name differs from the file's",
        "The file says `name: {0}`, but a migration's name is its file's, '{1}'.",
        "The key has no effect.",
        "Remove it, or rename the file.");
}
