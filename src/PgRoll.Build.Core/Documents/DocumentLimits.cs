namespace PgRoll.Build.Documents;

/// <summary>
/// What a migration file may ask of the reader: a hostile or broken one must not stall a build. Long texts cost little, so a file may be
/// long; what costs is each value, each comment and each level.
/// </summary>
static class DocumentLimits
{
    /// <summary>UTF-16 units of a file: the SQL of tens of thousands of tables.</summary>
    public const int Length = 32 * 1024 * 1024;

    /// <summary>Keys, lists, mappings and single values of a file; of operations on ten thousand columns there are fewer.</summary>
    public const int Values = 200_000;

    /// <summary>Comments of a file. Those inside of its SQL are text and do not count.</summary>
    public const int Comments = 200_000;

    /// <summary>Nested lists and mappings. The format needs nine; our readers recurse, and the YAML scanner slows down with depth.</summary>
    public const int Depth = 100;

    /// <summary>Values that aliases stand for, all together: ten aliases of ten aliases of … grow a small file into a huge one.</summary>
    public const int AliasedNodes = 100_000;

    /// <summary>What is said where one value, or one comment, is too many.</summary>
    public static string TooMany(string what, int limit) =>
        FormattableString.Invariant($"a file may have {limit} {what}, and this is one more; split it, or say it in fewer: SQL in one `sql` operation counts as one value.");
}
