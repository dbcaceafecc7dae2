using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Model;
using PgRoll.Build.Operations;

namespace PgRoll.Build.Migrations;

/// <summary>Makes a migration of a file's text. What cannot be read is reported, and left out.</summary>
static class MigrationReader
{
    const string Owner = "migration";

    /// <summary>The migrations of several files in order: what one that cannot be read would have done is unknown to those after it.</summary>
    public static IReadOnlyList<Migration> ReadAll(IReadOnlyList<MigrationFile> files, string baseSchema, Report report)
    {
        List<Migration> migrations = [];
        var isPartlyRead = false;
        foreach (var file in files)
        {
            var migration = Read(file, baseSchema, report);
            isPartlyRead |= migration is not { IsPartlyRead: false };
            if (migration is not null)
                migrations.Add(migration with { IsPartlyRead = isPartlyRead });
        }
        return migrations;
    }

    public static Migration? Read(MigrationFile file, string baseSchema, Report report)
    {
        if (NodeReader.Read(file.Path, file.Text, report) is not { } document)
            return null;
        report = report.For(document);
        var fields = new FieldReader(document.Root, Owner, report);
        var (name, version, operations) = ReadFields(fields);
        var isWhole = fields.Done();
        if (name is not null && name != file.Name)
            report.Add(MigrationRules.NameMismatch, "name", name, file.Name);
        var migration = new Migration(file.Name, [.. operations.Select(o => o.Operation)])
        {
            VersionName = string.IsNullOrEmpty(version) ? null : version,
            Document = document,
            Places = [.. operations.Select(o => o.Place)],
            IsPartlyRead = !isWhole,
        };
        CheckAlone(migration, report);
        CheckVersion(migration, baseSchema, report);
        if (operations.Count == 0 && !report.HasErrors)
            report.Add(MigrationRules.Empty, "operations");
        return migration;
    }

    /// <summary>The fields of a file. Those of a list item are <see cref="OperationCatalog"/>'s.</summary>
    public static IReadOnlyList<FieldDescription> Describe() => FieldReader.Describe(static fields => ReadFields(fields));

    static (string? Name, string? Version, IReadOnlyList<PlacedOperation> Operations) ReadFields(FieldReader fields) =>
        (fields.OptionalString("name"), fields.OptionalString("version_schema"), fields.RequiredMappingList("operations", Read));

    static PlacedOperation? Read(FieldReader item)
    {
        if (item.Choice("operation", OperationCatalog.Names) is not var (name, body) || body.Read(OperationCatalog.All[name].Read) is not { } operation)
            return null;
        return new(operation, $"{item.Owner.Substring(Owner.Length + 1)}.{name}");
    }

    static void CheckAlone(Migration migration, Report report)
    {
        for (var i = 0; i < migration.Operations.Count; i++)
            if (migration.Operations[i] is RawSqlOperation { OnComplete: false } && migration.Operations.Count > 1)
                report.Add(ReferenceRules.OperationCombination, migration.Places[i], "`sql` must be the migration's only operation, unless it runs on complete");
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

    sealed record PlacedOperation(Operation Operation, string Place);
}
