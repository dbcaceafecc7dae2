using System.Reflection;
using PgRoll.Build.Migrations;

namespace PgRoll.Build.Tasks;

/// <summary>What a published folder of migrations holds, as JSON: for deploy jobs, which have no project to ask.</summary>
static class Manifest
{
    /// <summary>Not ending in .json, or it would be a migration itself.</summary>
    public const string FileName = "migrations.manifest";

    static readonly string Version = typeof(Manifest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static string Write(MigrationSet set)
    {
        var migrations = set.Migrations.Select(migration =>
            $$"""    { "name": {{Json(migration.Name)}}, "file": {{Json(Path.GetFileName(migration.Document.File))}}, "version": {{Json(migration.Version)}}, "checksum": "{{Checksum.Of(migration)}}" }""");
        return
            $$"""
            {
              "tool": {{Json($"PgRoll.Build {Version}")}},
              "baseSchema": {{Json(set.BaseSchema)}},
              "versionSchema": {{Json(set.Migrations.Last().VersionSchema(set.BaseSchema))}},
              "checksum": "{{Checksum.Of(set.Migrations)}}",
              "migrations": [
            {{string.Join(",\n", migrations)}}
              ]
            }

            """;
    }

    static string Json(string text) => MigrationJson.Quote(text);
}
