using PgRoll.Build.Diagnostics;
using PgRoll.Build.Linting.Names;
using PgRoll.Build.Migrations;

namespace PgRoll.Build.Linting;

/// <summary>Asks every rule about every migration.</summary>
static class Linter
{
    /// <summary>Findings about a file that could only be read in part would be about what is missing, so there are none.</summary>
    public static void Check(IReadOnlyList<HistoryEntry> history, Report report)
    {
        var (outlook, names) = (new Outlook(history), new ReachableNames { AreMore = history.Count > 0 && history[0].Before.Tables.Count > 0 });
        HashSet<string> versionSchemas = [];
        for (var i = 0; i < history.Count; i++)
        {
            versionSchemas.Add(history[i].Migration.VersionSchema(history[i].Before.Name));
            if (!history[i].Migration.IsPartlyRead)
            {
                var context = new LintContext(history[i], isFirst: i == 0, versionSchemas, outlook, names, report);
                names.Take(context.Statements);
                foreach (var rule in LintCatalog.All)
                    rule.Check(context);
            }
        }
    }
}
