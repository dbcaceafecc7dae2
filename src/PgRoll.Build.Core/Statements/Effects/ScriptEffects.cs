using System.Text.RegularExpressions;
using PgRoll.Build.Model;
using PgRoll.Build.Statements.Replay;

namespace PgRoll.Build.Statements.Effects;

/// <summary>What a script does to tables that others use, in words.</summary>
static class ScriptEffects
{
    /// <summary>The sentence's end that tells it; empty where the script takes no lock that keeps anybody from writing.</summary>
    public static string Describe(IReadOnlyList<Statement> statements, Schema schema)
    {
        List<TableEffect> effects = [];
        var made = new HashSet<string>();
        var now = schema;
        foreach (var statement in statements)
        {
            var before = effects.Count;
            effects.AddRange(StatementEffects.Of(statement, now).Where(effect => !made.Contains(effect.Table.Name)));
            if (statement is CreateTable create)
                made.Add(create.Table.Name);
            // What concerns new tables alone changes nothing about the others; a long script is mostly that.
            if (effects.Count > before)
                (now, _) = SchemaReplay.Apply(now, [statement]);
        }
        var isClear = SchemaReplay.Apply(schema, statements).NotUnderstood.Count == 0;
        var told = effects.Where(effect => effect.Lock >= TableLock.Share || effect.Work is not TableWork.None)
            .GroupBy(effect => effect.Table.ToString())
            .Select(same => $"{Words(same.Max(effect => effect.Lock))} on {same.Key}{Words(same.Max(effect => effect.Work))}");
        return string.Concat(told.Concat(isClear ? [] : ["not all of it is understood, see what it locks for yourself"]).Select(part => $"; {part}"));
    }

    static string Words(TableLock held) => Regex.Replace(held.ToString(), "(?<=[a-z])(?=[A-Z])", " ").ToUpperInvariant();

    static string Words(TableWork work) => work switch
    {
        TableWork.Scan => ", while every row is read",
        TableWork.IndexBuild => ", while an index of all its rows is built",
        TableWork.Rewrite => ", while every row is written anew",
        _ => "",
    };
}
