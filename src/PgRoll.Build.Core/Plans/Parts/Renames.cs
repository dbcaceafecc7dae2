using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans.Parts;

/// <summary>Brings names to their final form one rename at a time, through a temporary name where two want to swap.</summary>
static class Renames
{
    /// <param name="all">Everything in one namespace, what keeps its name included.</param>
    public static IEnumerable<Rename> Order(IEnumerable<Rename> all)
    {
        var pending = all.ToList();
        var names = new HashSet<string>(pending.Select(r => r.From));
        pending.RemoveAll(r => r.From == r.To);
        while (pending.Count > 0)
        {
            var free = pending.FindIndex(r => !names.Contains(r.To));
            if (free < 0)
            {
                // Everybody waits for somebody: a cycle. One steps aside.
                var aside = pending[0] with { To = GeneratedNames.Copy(pending[0].From) };
                pending[0] = pending[0] with { From = aside.To };
                names.Remove(aside.From);
                names.Add(aside.To);
                yield return aside;
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

/// <summary>A name that changes.</summary>
/// <param name="From">What it is called now.</param>
/// <param name="To">What it shall be called.</param>
/// <param name="Kind">The word that ALTER wants for it.</param>
readonly record struct Rename(string From, string To, Sql Kind);
