using PgRoll.Build.SqlText;
using PgRoll.Build.Statements;
using PgRoll.Build.Statements.Parsing;

namespace PgRoll.Build.Linting.Rules;

/// <summary>Values that ALTER TYPE … ADD VALUE adds: no statement may use them before the transaction has ended.</summary>
static class NewEnumValues
{
    /// <summary>Where a later statement of the same SQL certainly uses such a value: of each value the first place.</summary>
    public static IEnumerable<(LintedStatement Place, SqlSpan Words, string Value)> Uses(LintContext context)
    {
        var adding = context.Statements.Where(place => place.Statement is AlterObject { AddsEnumValue: true, Target: not null }).ToList();
        if (adding.Count == 0)
            yield break;
        var strings = (from place in context.Statements
                       where place.Order > adding[0].Order
                       from i in Enumerable.Range(0, place.Statement.Source.Tokens.Count)
                       where place.Statement.Source.Tokens[i].IsString
                       select (Place: place, At: i)).ToLookup(s => (s.Place.Path, Value(s.Place, s.Place.Statement.Source.Tokens[s.At])));
        foreach (var place in adding)
        {
            var (type, value) = (((AlterObject)place.Statement).Target!, Value(place, place.Statement.Source.Tokens.First(token => token.IsString)));
            if (!context.IsNew(type, place) && strings[(place.Path, value)].Where(s => s.Place.Order > place.Order && IsOfType(context, s.Place.Statement, s.At, type.Name)).Select(s => ((LintedStatement, int)?)s).FirstOrDefault() is var (later, at))
                yield return (later, SqlSpan.Of(later.Statement.Source.Tokens[at], later.Statement.Source.Tokens[at]), value);
        }
    }

    /// <summary>A cast to it, a comparison with a column of it, or such a column's default.</summary>
    static bool IsOfType(LintContext context, Statement statement, int at, string type)
    {
        var tokens = statement.Source.Tokens;
        bool IsColumn(string? name) => context.Before.Tables.Any(table => table.Columns.Any(column => column.Name == name && column.Type.Canonical == type));
        Token At(int i) => i >= 0 && i < tokens.Count ? tokens[i] : default;
        return At(at + 1).IsSymbol("::") && (At(at + 2).Value == type || At(at + 4).Value == type && At(at + 3).IsSymbol("."))
            || At(at - 1).IsSymbol("=") && At(at - 2).IsName && IsColumn(At(at - 2).Value)
            || At(at - 1).IsWord("default") && At(at - 2).IsWord("set") && IsColumn(At(at - 3).Value);
    }

    static string Value(LintedStatement place, Token token) =>
        StringValue.Of((place.IsDown ? place.Operation.Down! : place.Operation.Up).Substring(token.Start, token.Length));
}
