using System.Globalization;
using PgRoll.Build.Tasks;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Benchmarks.Data;

/// <summary>A project of a user in a temporary folder, with or without the package.</summary>
sealed class Project : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pgroll-benchmark-");

    public Project(int migrations, bool withPackage)
    {
        Write("App.csproj",
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><UseAppHost>false</UseAppHost></PropertyGroup>
            </Project>
            """);
        Write("App.cs", "class Nothing;");
        var package = Repository.Combine("src/PgRoll.Build.Tasks/build");
        Write("Directory.Build.props", withPackage ? $"<Project><Import Project=\"{package}/PgRoll.Build.props\" /></Project>" : "<Project />");
        Write("Directory.Build.targets", withPackage
            ? $"<Project><PropertyGroup><PgRollTasksAssembly>{typeof(CompileMigrations).Assembly.Location}</PgRollTasksAssembly></PropertyGroup><Import Project=\"{package}/PgRoll.Build.targets\" /></Project>"
            : "<Project />");
        for (var i = 0; i < migrations; i++)
            Write(string.Create(CultureInfo.InvariantCulture, $"migrations/{i:0000}_change.yaml"), Migration(i));
    }

    public string Folder => _folder.FullName;

    public string[] Migrations => [.. Directory.GetFiles(Path.Combine(Folder, "migrations"))];

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A life of a table in ten files: made, extended, changed, indexed, renamed.</summary>
    static string Migration(int number)
    {
        var table = $"table_{number / 10}";
        return (number % 10) switch
        {
            0 => $"""
                operations:
                  - create_table:
                      name: {table}
                      columns:
                        - name: id
                          type: bigint
                          pk: true
                        - name: name
                          type: text
                        - name: amount
                          type: numeric(12, 2)
                          default: "0"
                          check:
                            name: {table}_amount_positive
                            constraint: amount >= 0
                        - name: created_at
                          type: timestamptz
                          default: now()
                """,
            1 => $$"""
                operations:
                  - create_index:
                      name: {{table}}_name
                      table: {{table}}
                      columns: [{ column: name }]
                """,
            2 or 3 or 4 or 5 => $"""
                operations:
                  - add_column:
                      table: {table}
                      column:
                        name: extra_{number % 10}
                        type: text
                        nullable: true
                        comment: added later
                """,
            6 => $"""
                operations:
                  - alter_column:
                      table: {table}
                      column: extra_2
                      nullable: false
                      up: CASE WHEN extra_2 IS NULL THEN 'none' ELSE extra_2 END
                      down: extra_2
                """,
            7 => $"""
                operations:
                  - alter_column:
                      table: {table}
                      column: amount
                      type: bigint
                      up: CAST(amount * 100 AS bigint)
                      down: CAST(amount AS numeric) / 100
                """,
            8 => $"""
                operations:
                  - rename_column:
                      table: {table}
                      from: extra_3
                      to: renamed
                """,
            _ => $"""
                operations:
                  - drop_column:
                      table: {table}
                      column: extra_4
                      down: "NULL"
                """,
        };
    }

    void Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
