using PgRoll.Build.Diagnostics;
using PgRoll.Build.Model;

namespace PgRoll.Build.Operations;

/// <summary>
/// One change of the schema, as a migration file states it. It answers what every operation must: is it valid here, and which schema
/// results, including what becomes of a row. It does not know how a database gets there; the planner does, from the two schemas.
/// </summary>
public abstract record Operation
{
    private protected Operation() { }

    /// <summary>Its key in a migration file.</summary>
    public abstract string Name { get; }

    /// <summary>Reports what is wrong with it, given the schema before it.</summary>
    internal abstract void Validate(Schema before, Report report);

    /// <summary>The schema after it. What the schema before does not hold is left alone: it was reported, or is unknown.</summary>
    internal abstract Schema Apply(Schema before);
}
