using PgRoll.Build.Testing;

namespace PgRoll.Build.Tasks.Tests.Languages;

/// <summary>Projects in the other languages, built with the package and run.</summary>
[TestClass]
public sealed class LanguagePackageTests
{
    [BuildTestMethod]
    [LongRun]
    public async Task A_program_in_Visual_Basic_knows_its_schema_version_wherever_it_is_built_to()
    {
        var project = await TestProject.WithPackageAsync("<OutputType>Exe</OutputType><OptionStrict>On</OptionStrict>", "Shop", "vbproj");
        project.Write(
            "Program.vb",
            """
            Module Program
                Sub Main()
                    Console.WriteLine($"{SchemaVersion.Current} {SchemaVersion.Previous} {SchemaVersion.Migrations.Count}")
                End Sub
            End Module
            """);
        Assert.AreEqual("public_02_email public_01_users 2", await BuiltAndRunAsync(project, "out/bin/Shop/debug", "--artifacts-path", "out"));
    }

    [BuildTestMethod]
    [LongRun]
    public async Task A_program_in_FSharp_knows_its_schema_version_from_its_first_file_on()
    {
        var project = await TestProject.WithPackageAsync(
            "<OutputType>Exe</OutputType><SatelliteResourceLanguages>en</SatelliteResourceLanguages><WarningLevel>5</WarningLevel>", "Shop", "fsproj",
            """<Compile Include="Hostile.fs" /><Compile Include="First.fs" /><Compile Include="Program.fs" />""");
        project.Write("Hostile.fs", new Tasks.Languages.FSharp().Write([Versions.Hostile], isNullable: false));
        project.Write("First.fs", "module Shop.First\nlet [<Literal>] Path = SchemaVersion.Current + \",public\"\n");
        project.Write(
            "Program.fs",
            """
            open Shop
            let hostile = _1st.my_app.``class``.Größe.``new``.__.Schema_Version.Migrations |> List.sumBy (fun name -> name.Length)
            printfn "%s %s %d %d" First.Path SchemaVersion.Previous.Value SchemaVersion.Migrations.Length hostile
            """);
        Assert.AreEqual(
            $"public_02_email,public public_01_users 2 {Versions.Hostile.Migrations.Sum(migration => migration.Name.Length)}",
            await BuiltAndRunAsync(project, "bin/Debug/net10.0"));
    }

    static async Task<string> BuiltAndRunAsync(TestProject project, string folder, params string[] options)
    {
        (await project.BuildAsync(["-warnaserror", .. options])).AssertSucceeded();
        var (_, said) = await DotNet.RunAsync(project.PathOf(folder), "Shop.dll");
        Assert.IsTrue((await project.BuildAsync(["--no-restore", .. options])).AssertSucceeded().Skipped("CoreCompile"));
        return said.Trim();
    }
}
