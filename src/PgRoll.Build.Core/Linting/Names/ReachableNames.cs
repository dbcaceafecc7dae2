using PgRoll.Build.SqlText;
using PgRoll.Build.Statements;

namespace PgRoll.Build.Linting.Names;

/// <summary>The functions and types that are there by a point of the history: PostgreSQL's own, and what raw SQL made.</summary>
sealed class ReachableNames
{
    readonly HashSet<string> functions = [], types = [];

    /// <summary>Whether there are others that nobody knows by name here: those of an extension, say.</summary>
    public bool AreMore { get; set; }

    /// <summary>Takes up what a migration makes.</summary>
    public void Take(IEnumerable<LintedStatement> statements)
    {
        foreach (var place in statements.Where(place => !place.IsDown))
            switch (place.Statement)
            {
                // A range brings functions and a multirange along.
                case CreateObject { Kind: ObjectKind.Extension or ObjectKind.Type }:
                    AreMore = true;
                    break;
                case CreateObject { Kind: ObjectKind.Function or ObjectKind.Procedure or ObjectKind.Aggregate, Created: { } made }:
                    functions.Add(made.Name);
                    break;
                case CreateObject { Kind: ObjectKind.View or ObjectKind.MaterializedView or ObjectKind.ForeignTable, Created: { } made }:
                    types.Add(made.Name);
                    break;
                case AlterObject { Target: not null, RenamedTo: { } name }:
                    functions.Add(name.Text);
                    types.Add(name.Text);
                    break;
                case CreateEnum made:
                    types.Add(made.Type.Name);
                    break;
                case CreateDomain made:
                    types.Add(made.Domain.Name);
                    break;
            }
    }

    /// <summary>Types are functions as well: <c>date(x)</c> casts.</summary>
    public bool HasFunction(string name) => functions.Contains(name) || HasType(name) || PgCatalog.Functions.Contains(name);

    public bool HasType(string name) => types.Contains(name) || PgCatalog.Types.Contains(name) || Keywords.HasSyntax(name) || name == "double";
}
