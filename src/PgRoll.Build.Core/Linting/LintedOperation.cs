using PgRoll.Build.Model;
using PgRoll.Build.Operations;

namespace PgRoll.Build.Linting;

/// <summary>An operation between the schemas around it.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Path">Its place in the document.</param>
/// <param name="Before">The schema before it: what the operations of its migration before it made is among it.</param>
/// <param name="After">The schema after it.</param>
sealed record LintedOperation(Operation Operation, string Path, Schema Before, Schema After)
{
    /// <summary>Whether a table may hold rows here: not one that is made in the same migration, or is not there at all.</summary>
    public bool MayHoldRows(string table) => Before.Find(table) is { } known ? !known.IsNew : Before.IsPartlyUnknown;
}

/// <summary>An operation of one kind, with its place.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Place">Where it stands.</param>
sealed record Linted<T>(T Operation, LintedOperation Place) where T : Operation
{
    public Schema Before => Place.Before;

    public Schema After => Place.After;

    public string Path => Place.Path;
}
