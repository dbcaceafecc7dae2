using System.Globalization;
using System.Security.Cryptography;

namespace PgRoll.Build.Engine.Verification.Databases;

/// <summary>
/// What the verifier's databases are called. Those of a run hold its number, for which the run holds an advisory lock while it lives: what
/// nobody holds a lock for was left by a run that was killed.
/// </summary>
static class DatabaseNames
{
    public const string Prefix = "pgroll_verify_";

    /// <summary>What the names of kept ones begin with.</summary>
    public const string KeptPrefix = $"{Prefix}kept_";

    /// <summary>The first half of the advisory locks' keys.</summary>
    public const int LockClass = 0x7067_7672;

    public static int NewRun() => RandomNumberGenerator.GetInt32(1, int.MaxValue);

    public static string Of(int run, int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{run:x8}_{number}");

    /// <summary>The run that a database is of; null for what is kept, and what is nobody's.</summary>
    public static int? RunOf(string database) =>
        database.StartsWith(Prefix, StringComparison.Ordinal) && database.Length > Prefix.Length + 9 && database[Prefix.Length + 8] == '_'
        && int.TryParse(database.AsSpan(Prefix.Length, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var run) ? run : null;

    /// <summary>A kept history's database.</summary>
    /// <param name="checksum">Of all that it is made of.</param>
    public static string Kept(string checksum) => $"{KeptPrefix}{checksum[..32]}";
}
