namespace PgRoll.Build.Cli.Tests;

/// <summary>A folder of migrations for one test.</summary>
sealed class MigrationFolder : IDisposable
{
    public const string CreateUsers =
        """
        operations:
          - create_table:
              name: users
              columns:
                - { name: id, type: bigint, pk: true }
                - { name: name, type: text, nullable: true }
        """;

    public const string RequireName =
        """
        operations:
          - alter_column:
              table: users
              column: name
              nullable: false
              up: coalesce(name, 'none')
              down: name
        """;

    public const string UnknownTable =
        """
        operations:
          - drop_column:
              table: orders
              column: name
        """;

    public const string RenameUsers = "operations: [ { rename_table: { from: users, to: people } } ]";

    public string Path { get; } = Directory.CreateTempSubdirectory("pgroll-cli-").FullName;

    public MigrationFolder With(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
        return this;
    }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
