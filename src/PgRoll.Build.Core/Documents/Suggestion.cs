namespace PgRoll.Build.Documents;

/// <summary>The name that was probably meant.</summary>
static class Suggestion
{
    /// <summary>Nobody misspells longer names by accident, and the comparison costs the product of both lengths.</summary>
    const int LongestName = 100;

    /// <summary>The nearest candidate, if it is near enough to be meant; of equals the first.</summary>
    public static string? For(string name, IEnumerable<string> candidates)
    {
        if (name.Length > LongestName)
            return null;
        var best = (Name: (string?)null, Distance: 1 + Math.Max(1, name.Length / 3));
        foreach (var candidate in candidates)
            if (Math.Abs(candidate.Length - name.Length) < best.Distance && candidate.Length <= LongestName
                && Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant()) is var distance && distance < best.Distance)
                best = (candidate, distance);
        return best.Name;
    }

    /// <summary>A sentence's end that offers the nearest candidate, if there is one.</summary>
    public static string Ending(string name, IEnumerable<string> candidates) =>
        For(name, candidates) is { } meant ? $"; did you mean '{meant}'?" : ".";

    /// <summary>Damerau-Levenshtein (optimal string alignment): letters inserted, removed, replaced, or swapped with the next.</summary>
    static int Distance(string a, string b)
    {
        var (beforeLast, last) = (new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++)
            last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, 1 + Math.Min(last[j], current[j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    current[j] = Math.Min(current[j], 1 + beforeLast[j - 2]);
            }
            (beforeLast, last) = (last, current);
        }
        return last[b.Length];
    }
}
