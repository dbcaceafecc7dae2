using PgRoll.Build.Diagnostics;
using PgRoll.Build.Statements;

namespace PgRoll.Build.Linting.Rules;

/// <summary>PGR0304.</summary>
sealed class MappingVolatile() : LintRule(new("PGR0304", "volatile-mapping", Severity.Warning,
    "Mapping that is never the same twice",
    "`{0}` calls {1}(): whenever the {2} version changes a column that it reads, '{3}.{4}' gets another value.",
    "A value that the other version showed a moment ago is then gone, and nobody wrote it.",
    "Compute it from the row alone, or give the value to a column of its own, with a default."))
{
    // uuid_generate_* are uuid-ossp's.
    static readonly HashSet<string> functions =
    [
        "array_sample", "array_shuffle", "clock_timestamp", "gen_random_uuid", "lastval", "nextval", "random", "random_normal", "setval", "timeofday",
        "uuid_generate_v1", "uuid_generate_v1mc", "uuid_generate_v4", "uuidv4", "uuidv7",
    ];

    // What names no column is computed once for each row, like a default.
    public override void Check(LintContext context)
    {
        foreach (var mapping in context.Mappings)
            if (mapping.Expression.Calls().FirstOrDefault(call => functions.Contains(call.Name)) is { Name: not null } call
                && mapping.Table.ColumnsIn(mapping.Expression).Count > 0)
                context.Add(Rule, mapping.Place, mapping.Field, new SqlSpan(call.Offset, call.Length),
                    mapping.Field, call.Name, mapping.IsUp ? "old" : "new", mapping.Table.Name, mapping.Column);
    }
}
