using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PgRoll.Build.Model;

/// <summary>
/// Every name the product invents. Those that pgroll invents too are spelled its way, so that either tool can finish what the other
/// began. A name over PostgreSQL's 63 bytes ends in a hash of the whole instead of being cut, so two long names never become one.
/// </summary>
static class GeneratedNames
{
    public const int MaxBytes = 63;

    /// <summary>What no object of a user may start with.</summary>
    public const string Prefix = "_pgroll_";

    /// <summary>Marks the rows that the backfill has not reached; true for rows it must fill.</summary>
    public const string Marker = "_pgroll_needs_backfill";

    /// <summary>Both start with a tilde, which sorts after letters: BEFORE triggers fire by name, and ours must see the row as the user's left it.</summary>
    public const string InsertTrigger = "~pgroll_insert", UpdateTrigger = "~pgroll_update";

    const string NewPrefix = "_pgroll_new_";

    public static string New(string name) => Fit($"{NewPrefix}{name}");

    /// <summary>Whether a column is one that the rollout made.</summary>
    public static bool IsNew(string physical) => physical.StartsWith(NewPrefix, StringComparison.Ordinal);

    /// <summary>What such a column was called when it was made.</summary>
    public static string WithoutNew(string physical) => IsNew(physical) ? physical.Substring(NewPrefix.Length) : physical;

    public static string Copy(string constraintOrIndex) => Fit($"_pgroll_dup_{constraintOrIndex}");

    /// <summary>A copy's name; a copy of a copy is the copy.</summary>
    public static string CopyOnce(string name) => name.StartsWith("_pgroll_dup_", StringComparison.Ordinal) ? name : Copy(name);

    public static string DeletedTable(string table) => Fit($"_pgroll_del_{table}");

    public static string NotNullCheck(string column) => Fit($"_pgroll_check_not_null_{column}");

    public static string CopiedNotNullCheck(string physicalColumn) => Fit($"_pgroll_dup__pgroll_check_not_null_{physicalColumn}");

    public static string UniqueIndex(string column) => Fit($"_pgroll_uniq_{column}");

    public static string SyncFunction(string table, string column) => Fit($"_pgroll_trigger_{table}_{column}");

    /// <summary>Where another table's function has the name that pgroll would look for.</summary>
    public static string OtherSyncFunction(string table) => Fit($"_pgroll_sync_{table}");

    public static string Expression(string direction, string table, string column, int ordinal) =>
        Fit($"_pgroll_{direction}_{table}__{column}{(ordinal == 0 ? "" : $"_{ordinal}")}");

    /// <summary>The function that tells whether an update of a row matters to the other version.</summary>
    public static string RowComparison(string table) => Fit($"_pgroll_changed_{table}");

    /// <summary>A version schema whose clients are gone, until its views are dropped.</summary>
    public static string GoneSchema(string versionSchema) => Fit($"_pgroll_gone_{versionSchema}");

    public static string VersionSchema(string schema, string version) => $"{schema}_{version}";

    public static int ByteCount(string name) => Encoding.UTF8.GetByteCount(name);

    static string Fit(string name)
    {
        if (ByteCount(name) <= MaxBytes)
            return name;
        var hash = "_" + Hash(name);
        var end = name.Length;
        while (ByteCount(name.Substring(0, end)) > MaxBytes - hash.Length || char.IsHighSurrogate(name[end - 1]))
            end--;
        return string.Concat(name.Substring(0, end), hash);
    }

    static string Hash(string text)
    {
#if NETSTANDARD2_0
        using var sha = SHA256.Create();
        var hash = sha.ComputeHash(Encoding.UTF8.GetBytes(text));
#else
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
#endif
        return string.Concat(hash.Take(5).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
