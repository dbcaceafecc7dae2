using PgRoll.Build.Model;

namespace PgRoll.Build.Plans.Parts;

/// <summary>Brings names to their final form one rename at a time, through a temporary name where two want to swap.</summary>
static class Renames
{
    public static IEnumerable<(string From, string To)> Order(IEnumerable<(string From, string To)> wanted, IEnumerable<string> taken)
    {
        var names = new HashSet<string>(taken);
        var pending = wanted.Where(r => r.From != r.To).ToList();
        while (pending.Count > 0)
        {
            var free = pending.FindIndex(r => !names.Contains(r.To));
            if (free < 0)
            {
                // Everybody waits for somebody: a cycle. One steps aside.
                var (from, to) = pending[0];
                var aside = GeneratedNames.Copy(from);
                pending[0] = (aside, to);
                names.Remove(from);
                names.Add(aside);
                yield return (from, aside);
                continue;
            }
            var next = pending[free];
            pending.RemoveAt(free);
            names.Remove(next.From);
            names.Add(next.To);
            yield return next;
        }
    }
}
