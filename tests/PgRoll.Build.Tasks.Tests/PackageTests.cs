using PgRoll.Build.Testing;

namespace PgRoll.Build.Tasks.Tests;

/// <summary>The package in real builds.</summary>
[TestClass]
public sealed class PackageTests
{
    const string Program = "System.Console.WriteLine(App.SchemaVersion.Current);";

    [BuildTestMethod]
    public async Task An_app_knows_its_schema_version_and_a_second_build_does_nothing()
    {
        var project = await TestProject.WithPackageAsync("<OutputType>Exe</OutputType>");
        project.Write("Program.cs", Program);

        var first = (await project.BuildAsync()).AssertSucceeded();
        Assert.IsFalse(first.SkippedCheck || first.Skipped("CoreCompile"));
        var (_, said) = await DotNet.RunAsync(project.PathOf("bin/Debug/net10.0"), "App.dll");
        Assert.AreEqual("public_02_email", said.Trim());

        Assert.Contains(project.PathOf("migrations/02_email.yaml"), (await DotNet.RunAsync(project.Folder, "watch", "--list")).Output);

        var second = (await project.BuildAsync("--no-restore")).AssertSucceeded();
        Assert.IsTrue(second.SkippedCheck && second.Skipped("CoreCompile"));

        project.Write("migrations/02_email.yaml", "# a comment\n" + TestProject.AddEmail);
        var commented = (await project.BuildAsync("--no-restore")).AssertSucceeded();
        Assert.IsFalse(commented.SkippedCheck);
        Assert.IsTrue(commented.Skipped("CoreCompile"));
    }

    [BuildTestMethod, LongRun]
    public async Task Clean_leaves_nothing_even_after_a_build_that_failed()
    {
        var project = await TestProject.WithPackageAsync();
        project.Write("migrations/03_broken.yaml", TestProject.Broken);

        var broken = await project.BuildAsync();
        Assert.IsFalse(broken.AssertFailed().Log.Contains("Target \"CoreCompile\""), "The compiler must not see half a truth.");
        Assert.IsNotEmpty(project.FindAll("PgRoll*"));
        (await project.RunAsync(["clean"])).AssertSucceeded();
        Assert.IsEmpty(project.FindAll("PgRoll*"));

        File.Delete(project.PathOf("migrations/03_broken.yaml"));
        (await project.BuildAsync("--no-restore")).AssertSucceeded();
        Assert.HasCount(3, project.FindAll("PgRoll*"));
        (await project.RunAsync(["clean"])).AssertSucceeded();
        Assert.IsEmpty(project.FindAll("PgRoll*"));
    }

    [BuildTestMethod, LongRun]
    public async Task The_last_migration_takes_the_constant_with_it()
    {
        var project = await TestProject.WithPackageAsync();
        (await project.BuildAsync()).AssertSucceeded();
        Directory.Delete(project.PathOf("migrations"), recursive: true);

        (await project.BuildAsync("--no-restore")).AssertSucceeded();
        Assert.IsEmpty(project.FindAll("PgRoll*"));
    }

    [BuildTestMethod, LongRun]
    public async Task Every_target_framework_has_its_own_constant_and_one_tells_the_findings_in_any_folder()
    {
        var project = await TestProject.WithPackageAsync(
            """
            <TargetFramework />
            <TargetFrameworks>net10.0;net10.0-windows</TargetFrameworks>
            <EnableWindowsTargeting>true</EnableWindowsTargeting>
            <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
            """,
            "Mein Projekt (ä, ß, é)");
        project.Write("migrations/03 nichts @ größe.yaml", TestProject.Questionable);

        var output = (await project.BuildAsync("-m", "-mt")).AssertSucceeded().Output;
        var warning = $"{project.PathOf("migrations/03 nichts @ größe.yaml")}(1,1): warning PGR0103: The migration has no operations.";
        // The terminal logger has it below the line of the project, which names the framework.
        Assert.Contains(BuildLogger.Current == BuildLogger.Classic ? $"{warning} [{project.PathOf(project.Name)}.csproj::TargetFramework=net10.0]" : warning, output);
        // Behind that is the summary, which repeats what was told.
        Assert.AreEqual(1, output.Split("Build succeeded")[0].Split("PGR0103").Length - 1, output);
        Assert.HasCount(2, project.FindAll("PgRoll.SchemaVersion.g.cs"));
    }

    [BuildTestMethod]
    public async Task An_editor_compiles_the_constant_though_a_migration_is_broken()
    {
        var project = await TestProject.WithPackageAsync();
        project.Write("migrations/03_broken.yaml", "operations: [");
        (await project.RunAsync(["restore"])).AssertSucceeded();

        var editor = await project.RunAsync(
        [
            "msbuild", "-t:Compile", "-p:DesignTimeBuild=true;SkipCompilerExecution=true;ProvideCommandLineArgs=true;BuildingInsideVisualStudio=true",
            "-getItem:CscCommandLineArgs",
        ]);
        Assert.Contains("PgRoll.SchemaVersion.g.cs", editor.AssertSucceeded().Output);
        Assert.DoesNotContain("PGR0101", editor.Log);
    }
}
