using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Operations;

namespace PgRoll.Build.Cli.Actions.Reports;

/// <summary>What the files alone say about versions.</summary>
static class FileVersions
{
    public static void Note(ActionRun run, IReadOnlyList<MigrationFile> files, string schema)
    {
        var migrations = MigrationSet.Check(files, Schema.Empty(schema)).Migrations.ToList();
        if (migrations is not [.., var last])
            return;
        run.Outputs["version"] = last.Version;
        run.Outputs["migration"] = last.Name;
        if (run.Settings.UseVersionSchema)
        {
            run.Outputs["schema-version"] = last.VersionSchema(schema);
            run.Outputs["previous-schema-version"] = migrations.Count > 1 ? migrations[^2].VersionSchema(schema) : "";
        }
        run.Outputs.Set("reversible", !last.Operations.OfType<RawSqlOperation>().Any(raw => raw.Down is null));
    }
}
