using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Migrations;

namespace PgRoll.Build.Engine;

/// <summary>What the database's history has against migrations, as findings in their files (PGR1001, PGR1002).</summary>
static class HistoryFindings
{
    /// <summary>Another rollout is active. Its place is its own file, or its name where that is not among those given.</summary>
    public static PgRollException Active(string name, string schema, string consequence, IReadOnlyList<MigrationFile> files)
    {
        var report = new Report();
        report.For(Document.Empty(files.FirstOrDefault(file => file.Name == name)?.Path ?? name)).Add(LiveRules.ActiveMigration, "", name, schema, consequence);
        return Refusal(report);
    }

    /// <summary>A file has no place in the history, or another one than it had.</summary>
    public static PgRollException Mismatch(MigrationFile file, string what)
    {
        var report = new Report();
        report.For(Document.Empty(file.Path)).Add(LiveRules.HistoryMismatch, "", what);
        return Refusal(report);
    }

    /// <summary>Nothing of it is an error of the files alone: in another state, or with another database, they can be what they are.</summary>
    public static PgRollException Refusal(Report report) => new(report.Diagnostics, ExitReason.NotNow);
}
