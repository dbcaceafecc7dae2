namespace PgRoll.Build.Engine.Preflight;

/// <summary>Something that needs what <c>complete</c> drops.</summary>
/// <param name="Type">What it is, in the words of <c>pg_identify_object</c>.</param>
/// <param name="Identity">Its name.</param>
/// <param name="On">What of ours it needs, readable.</param>
sealed record Dependent(string Type, string Identity, IReadOnlyList<string> On)
{
    string WayOut => Type switch
    {
        "view" or "materialized view" =>
            "drop it, and create it again after `complete`. To keep it until then, drop it in this migration with a `sql` operation that has onComplete",
        "rule" => "drop it, and create it again after `complete`",
        "policy" => "write it without that, or drop it; create it again after `complete`",
        "trigger" => "drop it, or create it without that in UPDATE OF and WHEN; create it again after `complete`",
        "publication relation" => "take that out of the publication (ALTER PUBLICATION … SET or DROP TABLE), and add it again after `complete`",
        "table constraint" => "drop it, and add it again after `complete`: only constraints of the schema itself are carried over",
        "function" or "procedure" or "aggregate" => "replace it by one that does without, or whose body is a string, which is looked up when it is called",
        "default value" => "give the column a default that does without",
        "table column" => "drop the column, or have it do without",
        "table" or "foreign table" => "end its inheritance (ALTER TABLE … NO INHERIT), or drop it first",
        _ => "drop it, or change it so that it does without",
    };

    public override string ToString() => $"{Type} {Identity} needs {string.Join(", ", On)}: {WayOut}.";
}
