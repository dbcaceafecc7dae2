namespace PgRoll.Build.Documents;

/// <summary>What a migration file may ask of the reader: a hostile or broken one must not stall a build.</summary>
static class DocumentLimits
{
    /// <summary>UTF-16 units of a file. A megabyte is some 20,000 lines of SQL, and is read in well under a second.</summary>
    public const int Length = 1024 * 1024;

    /// <summary>Nested lists and mappings. The format needs nine; our readers recurse, and the YAML scanner slows down with depth.</summary>
    public const int Depth = 100;

    /// <summary>Values that aliases stand for, all together: ten aliases of ten aliases of … grow a small file into a huge one.</summary>
    public const int AliasedNodes = 100_000;
}
