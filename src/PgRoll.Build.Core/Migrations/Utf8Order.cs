namespace PgRoll.Build.Migrations;

/// <summary>
/// The order of the names' UTF-8 bytes, which pgroll sorts by. It differs from .NET's ordinal order only where a surrogate meets a
/// character above them (U+E000 to U+FFFF).
/// </summary>
sealed class Utf8Order : IComparer<string>
{
    public static Utf8Order Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var (left, right) = (x ?? "", y ?? "");
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
            if (left[i] != right[i])
                return char.IsSurrogate(left[i]) == char.IsSurrogate(right[i]) ? left[i].CompareTo(right[i]) : char.IsSurrogate(left[i]) ? 1 : -1;
        return left.Length.CompareTo(right.Length);
    }
}
