using PgRoll.Build.Cli.Actions.Workflow;
using PgRoll.Build.Cli.Output;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Actions;

/// <summary>Shows in the log how a step goes on, counts rows, and keeps what is to be annotated.</summary>
sealed class ActionProgress(Notices notices, TextWriter log) : IProgress<RunnerProgress>
{
    readonly ProgressLines _lines = new(log);
    readonly Dictionary<string, BackfillAdvanced> _tables = [];

    /// <summary>Rows that this step filled.</summary>
    public long Rows => _tables.Values.Sum(table => table.Rows);

    /// <summary>How far each table's backfill came.</summary>
    public IEnumerable<BackfillAdvanced> Tables => _tables.Values;

    public void Report(RunnerProgress value)
    {
        _lines.Report(value);
        switch (value)
        {
            case BackfillAdvanced backfill:
                _tables[backfill.Table] = backfill;
                break;
            case Warned warning:
                notices.Warn(warning.What);
                break;
            case SchemaDrifted drifted:
                notices.Warn($"The schema is not as '{drifted.Drift.Migration}' left it: {drifted.Drift.Differences.Count} differences, which `drift` lists. Databases that are made from the files lack them.");
                break;
        }
    }
}
