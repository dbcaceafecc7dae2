using PgRoll.Build.Migrations;

namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>Migrations written where they are used.</summary>
static class Yaml
{
    public static MigrationFile File(string name, string operations) =>
        new($"{name}.yaml", $"operations:\n{string.Join('\n', operations.ReplaceLineEndings("\n").Split('\n').Select(line => "  " + line))}\n");
}
