using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Operations;

/// <summary>What operations find wrong: references (PGR02xx), mappings (PGR03xx), identifiers (PGR08xx).</summary>
static class ReferenceRules
{
    public static readonly Rule OperationCombination = new("PGR0108", "operation-combination", Severity.Error,
        "Operations that cannot stand together",
        "{0}.",
        "What raw SQL does is not known before it ran, so nothing else can be planned beside it; what runs at complete cannot be taken back.",
        "Give the raw SQL a migration of its own, or drop `down`.");

    public static readonly Rule UnknownTable = new("PGR0201", "unknown-table", Severity.Error,
        "Unknown table",
        "Table '{0}' does not exist at this point of the history{1}",
        "The operation would fail at start.",
        "Correct the name, or the order of the migrations.");

    public static readonly Rule UnknownColumn = new("PGR0202", "unknown-column", Severity.Error,
        "Unknown column",
        "Column '{0}.{1}' does not exist at this point of the history{2}",
        "The operation would fail at start.",
        "Correct the name, or the order of the migrations.");

    public static readonly Rule AlreadyExists = new("PGR0203", "object-already-exists", Severity.Error,
        "Name already taken",
        "{0} '{1}' already exists: {2}.",
        "The operation would fail at start. Names of indexes are shared by the whole schema.",
        "Choose another name.");

    public static readonly Rule UnknownIndexOrConstraint = new("PGR0204", "unknown-index-or-constraint", Severity.Error,
        "Unknown index or constraint",
        "{0} '{1}' does not exist{2}",
        "The operation would fail at start.",
        "Correct the name.");

    public static readonly Rule NoEffectiveChange = new("PGR0205", "no-effective-change", Severity.Error,
        "Operation without effect",
        "The operation changes nothing: {0}.",
        "It would copy and fill a column for no gain, and the author had something else in mind.",
        "Remove it, or say what should change.");

    public static readonly Rule ExpressionUnknownColumn = new("PGR0206", "expression-unknown-column", Severity.Error,
        "Expression names an unknown column",
        "'{0}' is not a column of '{1}' in the {2} version{3}",
        "The expression would not compile at start.",
        "`up` and checks of the new version see its columns: `up` those before the operation, `down` those after it.");

    public static readonly Rule ForeignKeyTarget = new("PGR0207", "foreign-key-target", Severity.Error,
        "Foreign key does not point to a key",
        "{0}.",
        "PostgreSQL refuses a foreign key whose target is not unique.",
        "Reference a primary key or unique columns of the same type.");

    public static readonly Rule DropColumnWithoutDown = new("PGR0301", "drop-column-without-down", Severity.Warning,
        "drop_column without down",
        "'{0}.{1}' has no `down`: rows written by the new version hold {2} for the old one.",
        "The old version is live until complete, and reads those rows.",
        "Add `down` with an expression for the old column.");

    public static readonly Rule NotNullWithoutValue = new("PGR0302", "not-null-without-up", Severity.Error,
        "NOT NULL without a value",
        "{0}.",
        "Rows without a value would be refused: those there already, or those that one version writes.",
        "Add `up`, `down` or a default.");

    public static readonly Rule MissingMapping = new("PGR0303", "missing-up-or-down", Severity.Error,
        "Missing up or down",
        "{0} needs `{1}`: {2}. Where the value stays as it is, that is `{3}`.",
        "Without it a row of one version has no value in the other.",
        "Add the expression; the column's own name where the value stays as it is.");

    public static readonly Rule NotAnExpression = new("PGR0309", "mapping-not-an-expression", Severity.Error,
        "Not an expression",
        "`{0}` is not one scalar expression: {1}.",
        "It becomes the body of a function, or part of a constraint.",
        "Write one expression, such as `coalesce(name, '')`.");

    public static readonly Rule DroppedObjectInUse = new("PGR0403", "dropped-object-in-use", Severity.Error,
        "Dropped object in use",
        "'{0}' is still used by {1}.",
        "PostgreSQL refuses to drop it, and the rollout could not be completed.",
        "Drop what uses it first.");

    public static readonly Rule NoOnlinePath = new("PGR0604", "no-online-path", Severity.Error,
        "No way to do this while clients write",
        "{0}.",
        "The only way is a build under an exclusive lock, which keeps every client out.",
        "Plan a maintenance window with raw SQL, or build a new table beside the old one.");

    public static readonly Rule IdentifierTooLong = new("PGR0801", "identifier-too-long", Severity.Error,
        "Name too long",
        "'{0}' has {1} bytes; PostgreSQL keeps 63.",
        "PostgreSQL cuts the rest off silently, and two names may become one.",
        "Shorten it. Letters beyond ASCII count two to four bytes.");

    public static readonly Rule VersionSchemaTooLong = new("PGR0802", "version-schema-too-long", Severity.Error,
        "Version schema's name too long",
        "The version schema '{0}' has {1} bytes; PostgreSQL keeps 63.",
        "PostgreSQL would cut it, and it may then be taken for another version's, which complete drops.",
        "Shorten the file's name, or set `version_schema`.");

    public static readonly Rule VersionNameNeedsQuoting = new("PGR0804", "version-name-needs-quoting", Severity.Info,
        "Version name needs quotes",
        "The version schema '{0}' needs quotes in a search path.",
        "Clients that set their path as text must quote it; those that use the generated constant need not care.",
        "Use lower case, digits and underscores.");

    public static readonly Rule ReservedPrefix = new("PGR0805", "reserved-prefix", Severity.Error,
        "Reserved prefix",
        "'{0}' starts with `_pgroll_`.",
        "Names with this prefix are the product's own: it makes and drops them.",
        "Choose another name.");
}
