using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Model;
using PgRoll.Build.Operations;

namespace PgRoll.Build.Migrations;

/// <summary>Makes a migration of a file's text. What cannot be read is reported, and left out.</summary>
static class MigrationReader
{
    public static Migration? Read(MigrationFile file, string baseSchema, Report report)
    {
        if (NodeReader.Read(file.Path, file.Text, report) is not { } document)
            return null;
        report = report.For(document);
        if (document.Root is not MappingNode root)
        {
            report.Add(DocumentRules.InvalidStructure, "", "A migration is a mapping with the key `operations`");
            return null;
        }
        var fields = new FieldReader(root, "migration", report);
        var name = fields.OptionalString("name");
        var version = fields.OptionalString("version_schema");
        var operations = Operations(fields, report);
        fields.Done();
        if (name is not null && name != file.Name)
            report.Add(MigrationRules.NameMismatch, "name", name, file.Name);
        var migration = new Migration(file.Name, [.. operations.Select(o => o.Operation)])
        {
            VersionName = string.IsNullOrEmpty(version) ? null : version,
            Document = document,
            Places = [.. operations.Select(o => o.Place)],
        };
        CheckVersion(migration, baseSchema, report);
        if (operations.Count == 0 && !report.HasErrors)
            report.Add(MigrationRules.Empty, "operations");
        return migration;
    }

    static List<(Operation Operation, string Place)> Operations(FieldReader fields, Report report)
    {
        var operations = new List<(Operation, string)>();
        var items = fields.RequiredMappingList("operations");
        for (var i = 0; i < items.Count; i++)
            if (items[i].OnlyEntry() is { } body
                && OperationCatalog.All.TryGetValue(body.Name, out var read)
                && read(body) is { } operation)
            {
                body.Done();
                operations.Add((operation, $"operations[{i}].{body.Name}"));
                if (operation is RawSqlOperation { OnComplete: false } && items.Count > 1)
                    report.At($"operations[{i}]").Add(ReferenceRules.OperationCombination, "sql", "`sql` must be the migration's only operation, unless it runs on complete");
            }
        return operations;
    }

    static void CheckVersion(Migration migration, string baseSchema, Report report)
    {
        var schema = migration.VersionSchema(baseSchema);
        var at = migration.VersionName is null ? "" : "version_schema";
        var bytes = GeneratedNames.ByteCount(schema);
        if (bytes > GeneratedNames.MaxBytes)
            report.Add(ReferenceRules.VersionSchemaTooLong, at, schema, bytes);
        if (!schema.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '_') || char.IsDigit(schema[0]))
            report.Add(ReferenceRules.VersionNameNeedsQuoting, at, schema);
        if (migration.Version.StartsWith(GeneratedNames.Prefix, StringComparison.Ordinal))
            report.Add(ReferenceRules.ReservedPrefix, at, migration.Version);
    }
}
