using System.Text.Json;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Tasks.Tests.Publishing;

/// <summary>What a build and a publish leave for people and deploy jobs.</summary>
[TestClass]
public sealed class PublishTests
{
    [BuildTestMethod]
    public async Task Migrations_are_published_with_a_manifest_also_by_who_refers_to_the_project_and_the_runner_takes_the_folder()
    {
        var library = await TestProject.WithPackageAsync(
            "<PublishPgRollMigrations>true</PublishPgRollMigrations><PgRollPlanFile>true</PgRollPlanFile>", "Data",
            items: """<PgRollMigration Include="../outside/*.json" BaseSchema="billing" ClassName="Billing" />""");
        library.Write("../outside/01_bills.json", """{ "operations": [{ "create_table": { "name": "bills", "columns": [{ "name": "id", "type": "bigint", "pk": true }] } }] }""");
        library.Write("../App/App.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><UseAppHost>false</UseAppHost></PropertyGroup>
              <ItemGroup><ProjectReference Include="../Data/Data.csproj" /></ItemGroup>
            </Project>
            """);
        library.Write("../App/Program.cs", "System.Console.WriteLine();");
        File.Copy(library.PathOf("nuget.config"), library.PathOf("../App/nuget.config"));

        var app = library.PathOf("../App");
        var (exitCode, output) = await DotNet.RunAsync(app, "publish", "-nologo", "-nodeReuse:false", BuildLogger.Current.Option, "-o", "out");
        Assert.AreEqual(0, exitCode, output);
        string[] published = ["migrations/01_users.yaml", "migrations/02_email.yaml", "migrations/migrations.manifest", "outside/01_bills.json", "outside/migrations.manifest"];
        var folder = Path.Combine(app, "out");
        CollectionAssert.AreEqual(
            published,
            Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Where(file => file.Contains('/')).Order(StringComparer.Ordinal).ToArray());

        var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "migrations/migrations.manifest"))).RootElement;
        Assert.AreEqual("public public_02_email", $"{manifest.GetProperty("baseSchema")} {manifest.GetProperty("versionSchema")}");
        Assert.StartsWith("PgRoll.Build ", manifest.GetProperty("tool").GetString()!);
        CollectionAssert.AreEqual(
            new[] { "01_users 01_users.yaml 64", "02_email 02_email.yaml 64" },
            manifest.GetProperty("migrations").EnumerateArray()
                .Select(m => $"{m.GetProperty("name")} {m.GetProperty("file")} {m.GetProperty("checksum").GetString()!.Length}").ToArray());

        var runner = Path.Combine(await PackageUnderTest.UnpackedAsync(), "tools", "dotnet-pgroll.dll");
        (exitCode, output) = await DotNet.RunAsync(folder, runner, "validate", "migrations");
        Assert.AreEqual(0, exitCode, output);

        var plan = library.PathOf("bin/Release/net10.0/Data.SchemaVersion.plan.sql");
        Assert.Contains("ADD COLUMN", await File.ReadAllTextAsync(plan));
        Assert.Contains("CREATE TABLE", await File.ReadAllTextAsync(library.PathOf("bin/Release/net10.0/Data.Billing.plan.sql")));
        var time = File.GetLastWriteTimeUtc(plan);
        library.Write("migrations/02_email.yaml", "# a comment\n" + TestProject.AddEmail);
        (await library.BuildAsync("--no-restore", "-c", "Release")).AssertSucceeded();
        Assert.AreEqual(time, File.GetLastWriteTimeUtc(plan));
        (await library.RunAsync(["clean", "-c", "Release"])).AssertSucceeded();
        Assert.IsFalse(File.Exists(plan));
        Assert.IsEmpty(library.FindAll("*.manifest"));
    }

    [BuildTestMethod]
    [LongRun]
    public async Task A_web_project_publishes_each_file_once_though_JSON_is_content_of_its_own()
    {
        var project = await TestProject.WithTargetsAsync("<PublishPgRollMigrations>true</PublishPgRollMigrations>");
        project.Write("App.csproj", (await File.ReadAllTextAsync(project.PathOf("App.csproj"))).Replace("Microsoft.NET.Sdk", "Microsoft.NET.Sdk.Web"));
        project.Write("migrations/03_x.json", """{ "operations": [{ "sql": { "up": "SELECT 1" } }] }""");
        var items = await project.RunAsync(["msbuild", "-t:AssignTargetPaths", "-getItem:ContentWithTargetPath", "-getItem:_NoneWithTargetPath"]);
        Assert.AreEqual(1, items.AssertSucceeded().Output.Split("\"TargetPath\": \"migrations/03_x.json\"").Length - 1, items.Output);
        Assert.AreEqual(1, items.Output.Split("\"TargetPath\": \"migrations/migrations.manifest\"").Length - 1, items.Output);
    }
}
