using PgRoll.Build.Testing;

namespace PgRoll.Build.Tasks.Tests;

/// <summary>A project of a user, in a folder of its own.</summary>
sealed class TestProject
{
    public const string CreateUsers =
        """
        operations:
          - create_table:
              name: users
              columns:
                - name: id
                  type: bigint
                  pk: true
                - name: name
                  type: text
                  nullable: true

        """;

    public const string AddEmail =
        """
        operations:
          - add_column:
              table: users
              column:
                name: email
                type: text
                nullable: true

        """;

    /// <summary>PGR0201 in line 3, column 14.</summary>
    public const string Broken =
        """
        operations:
          - add_column:
              table: nobody
              column:
                name: email
                type: text
                nullable: true

        """;

    /// <summary>PGR0103 in line 1, column 1.</summary>
    public const string Questionable = "operations: []\n";

    static int _count;

    TestProject(string name, string properties, string items, string extension = "csproj")
    {
        (Name, Extension) = (name, extension);
        Folder = Path.Combine(PackageUnderTest.Root, $"{Interlocked.Increment(ref _count)}", name);
        Write(
            $"{name}.{extension}",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <UseAppHost>false</UseAppHost>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {items}
              </ItemGroup>
            </Project>
            """);
        Write("migrations/01_users.yaml", CreateUsers);
        Write("migrations/02_email.yaml", AddEmail);
    }

    public string Name { get; }

    public string Extension { get; }

    public string Folder { get; }

    /// <summary>What its builds have in their environment besides the test's own.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>The generated code, or null.</summary>
    public string? SchemaVersion => Find("PgRoll.SchemaVersion.g.*") is { } file ? File.ReadAllText(file) : null;

    /// <summary>With the package's files imported as a restore would: enough for its own targets, and far faster.</summary>
    public static async Task<TestProject> WithTargetsAsync(string properties = "", string items = "", string name = "App")
    {
        var package = await PackageUnderTest.UnpackedAsync();
        return Importing(package, "PgRoll.Build.targets", properties, items, name);
    }

    /// <summary>As a project of this repository uses the tasks.</summary>
    public static TestProject InRepository() => Importing(
        Repository.Combine("src/PgRoll.Build.Tasks"),
        "InRepo.targets",
        $"<Configuration>{PackageUnderTest.Configuration}</Configuration>", "", "App");

    /// <summary>With a reference to the package.</summary>
    public static async Task<TestProject> WithPackageAsync(string properties = "", string name = "App", string extension = "csproj", string items = "")
    {
        await PackageUnderTest.UnpackedAsync();
        var project = new TestProject(
            name, properties, $"""<PackageReference Include="PgRoll.Build" Version="{PackageUnderTest.Version}" PrivateAssets="all" />{items}""", extension);
        project.Write(
            "nuget.config",
            $"""
            <configuration>
              <packageSources><clear /><add key="local" value="{PackageUnderTest.Feed}" /></packageSources>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
            </configuration>
            """);
        return project;
    }

    static TestProject Importing(string package, string targets, string properties, string items, string name)
    {
        var project = new TestProject(name, properties, items);
        project.Write("Directory.Build.props", $"""<Project><Import Project="{package}/build/PgRoll.Build.props" /></Project>""");
        project.Write(
            "Directory.Build.targets",
            $"""
            <Project>
              <Import Project="{package}/build/{targets}" Condition="'$(IsCrossTargetingBuild)' != 'true'" />
              <Import Project="{package}/buildMultiTargeting/PgRoll.Build.targets" Condition="'$(IsCrossTargetingBuild)' == 'true'" />
            </Project>
            """);
        return project;
    }

    public string PathOf(string file) => Path.Combine(Folder, file);

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    /// <summary>A file that builds have made, or null.</summary>
    public string? Find(string file) => FindAll(file) is [var only] ? only : null;

    /// <summary>Files that builds have made.</summary>
    public string[] FindAll(string pattern) =>
        Directory.Exists(PathOf("obj")) ? Directory.GetFiles(PathOf("obj"), pattern, SearchOption.AllDirectories) : [];

    /// <summary>Runs a target.</summary>
    public Task<BuildResult> TargetAsync(string target, params IEnumerable<string> options) => RunAsync(["msbuild", $"-t:{target}", .. options]);

    /// <summary>Checks and generates, without compiling.</summary>
    public Task<BuildResult> GenerateAsync(params IEnumerable<string> options) => TargetAsync("PgRollGenerate", options);

    public Task<BuildResult> BuildAsync(params IEnumerable<string> options) => RunAsync(["build", .. options]);

    public Task<BuildResult> RunAsync(IEnumerable<string> arguments)
    {
        var command = arguments.ToList();
        return RunAsync(command[0], command.Skip(1));
    }

    async Task<BuildResult> RunAsync(string command, IEnumerable<string> options)
    {
        var log = PathOf("detailed.log");
        var (exitCode, output) = await DotNet.RunAsync(
            Folder, Variables, [command, $"{Name}.{Extension}", "-nologo", "-nodeReuse:false", BuildLogger.Current.Option, "-v:m", $"-flp:v=detailed;logfile={log}", .. options]);
        // There is none when a property is asked for and nothing built.
        return new(exitCode, output, File.Exists(log) ? await File.ReadAllTextAsync(log) : "");
    }
}
