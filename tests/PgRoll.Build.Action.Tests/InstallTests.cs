using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Action.Tests;

/// <summary>How the runner comes onto a machine. Every path here has blanks in it.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class InstallTests
{
    const string Runner = "#!/bin/sh\necho runner\n";

    static readonly string Rid = $"{(OperatingSystem.IsMacOS() ? "osx" : "linux")}-{(RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64")}";

    [TestMethod]
    public async Task A_release_is_fetched_once_and_then_cached()
    {
        using var machine = new Machine();
        machine.Lock("0.9.0", Runner + "old").Lock("1.0.0", Runner);
        machine.Server.Files[Asset("1.0.0")] = Runner;
        Directory.SetLastWriteTimeUtc(Directory.CreateDirectory(machine.Cached("0.9.0")).FullName, DateTime.UtcNow.AddDays(-9));
        Directory.CreateDirectory(machine.Cached("0.9.1"));
        var first = (await machine.InstallAsync()).HasCode(0);
        Assert.AreEqual(("false", Path.Combine(machine.Cached("1.0.0"), Rid, "dotnet-pgroll")), (first["cache-hit"], first["path"]));
        Assert.AreEqual("runner\n", (await Shell.RunAsync("exec \"$TOOL\"", "/", [new("TOOL", first["path"])])).Log);
        Assert.IsFalse(Directory.Exists(machine.Cached("0.9.0")), "A machine that is kept collects no old versions.");
        Assert.IsTrue(Directory.Exists(machine.Cached("0.9.1")), "Another job may be about to run it.");
        machine.Server.Files.Clear();
        Assert.AreEqual("true", (await machine.InstallAsync()).HasCode(0)["cache-hit"]);
    }

    [TestMethod]
    public async Task What_is_not_the_released_file_is_never_run()
    {
        using var machine = new Machine();
        machine.Lock("1.0.0", Runner).Server.Files[Asset("1.0.0")] = Runner + "echo evil\n";
        var refused = (await machine.InstallAsync()).HasCode(6);
        StringAssert.Contains(refused.Log, "is not the runner that this version of the action expects");
        Assert.IsFalse(Directory.Exists(machine.Cached("1.0.0")));
        Assert.IsEmpty(Directory.GetFileSystemEntries(machine["tool cache/pgroll-build"], ".incoming-*"));
    }

    [TestMethod]
    public async Task A_download_that_breaks_off_is_told()
    {
        using var machine = new Machine();
        machine.Lock("1.0.0", Runner).Server.Files[Asset("1.0.0")] = Runner;
        machine.Server.IsCutShort = true;
        StringAssert.Contains((await machine.InstallAsync()).HasCode(3).Log, "cannot be fetched from http://localhost");
        Assert.IsFalse(Directory.Exists(machine.Cached("1.0.0")));
    }

    [TestMethod]
    public async Task A_cached_file_that_somebody_changed_is_fetched_anew()
    {
        using var machine = new Machine();
        machine.Lock("1.0.0", Runner).Server.Files[Asset("1.0.0")] = Runner;
        var path = (await machine.InstallAsync()).HasCode(0)["path"];
        await File.AppendAllTextAsync(path, "echo evil\n");
        Assert.AreEqual("false", (await machine.InstallAsync()).HasCode(0)["cache-hit"]);
        Assert.AreEqual(Runner, await File.ReadAllTextAsync(path));
    }

    [TestMethod]
    public async Task A_runner_that_is_there_needs_no_network()
    {
        using var machine = new Machine();
        machine.Lock("1.0.0", Runner).Program("curl", "touch \"$RUNNER_TEMP/asked\"").Program("dotnet", "touch \"$RUNNER_TEMP/asked\"");
        var tool = machine.Program("my runner", "echo mine");
        Assert.AreEqual(tool["programs/my runner"], (await machine.InstallAsync(("TOOL_PATH", tool["programs/my runner"]))).HasCode(0)["path"]);
        Assert.IsFalse(File.Exists(machine["temp/asked"]));
        StringAssert.Contains((await machine.InstallAsync(("TOOL_PATH", "/no%0A::error::where"))).HasCode(2).Log, "::error title=pgroll::Input 'tool-path': '/no%250A::error::where' is no file");
    }

    [TestMethod]
    public async Task Two_steps_at_once_end_with_one_runner()
    {
        using var machine = new Machine();
        machine.Lock("1.0.0", Runner).Server.Files[Asset("1.0.0")] = Runner;
        var both = await Task.WhenAll(machine.InstallAsync(), machine.InstallAsync(), machine.InstallAsync());
        Assert.HasCount(1, both.Select(one => one.HasCode(0)["path"]).Distinct());
        CollectionAssert.AreEqual(new[] { both[0]["path"] }, Directory.GetFileSystemEntries(Path.GetDirectoryName(both[0]["path"])!));
        Assert.IsEmpty(Directory.GetFileSystemEntries(machine["tool cache/pgroll-build"], ".incoming-*"));
    }

    [TestMethod]
    public async Task What_another_run_put_into_the_cache_meanwhile_is_proved_too()
    {
        using var machine = new Machine();
        machine.Lock("1.0.0", Runner).Write("temp/released", Runner);
        machine.Program("curl", $"while [ $# -gt 0 ]; do [ \"$1\" != --output ] || out=\"$2\"; shift; done; cp \"$RUNNER_TEMP/released\" \"$out\"; mkdir -p \"$RUNNER_TOOL_CACHE/pgroll-build/1.0.0/{Rid}\"; echo evil > \"$RUNNER_TOOL_CACHE/pgroll-build/1.0.0/{Rid}/dotnet-pgroll\"");
        StringAssert.Contains((await machine.InstallAsync()).HasCode(6).Log, "holds another runner than the expected one");
    }

    [TestMethod]
    public async Task A_version_that_the_action_does_not_know_is_refused()
    {
        using var machine = new Machine();
        machine.Lock("1.0.0", Runner);
        StringAssert.Contains((await machine.InstallAsync(("VERSION", "2.0.0"))).HasCode(2).Log, "knows no runner '2.0.0'");
    }

    [TestMethod]
    public async Task Without_a_release_the_checkout_is_built_once()
    {
        using var machine = new Machine();
        machine.Program("dotnet", "while [ $# -gt 0 ]; do [ \"$1\" != -o ] || out=\"$2\"; shift; done; mkdir -p \"$out\"; printf '#!/bin/sh\\necho built' > \"$out/dotnet-pgroll\"; chmod +x \"$out/dotnet-pgroll\"; echo built >> \"$RUNNER_TEMP/builds\"");
        var first = (await machine.InstallAsync()).HasCode(0);
        Assert.AreEqual("false", first["cache-hit"]);
        Assert.AreEqual((first["path"], "true"), ((await machine.InstallAsync()).HasCode(0)["path"], (await machine.InstallAsync())["cache-hit"]));
        machine.Write("action home/src/Program.cs", "// another commit");
        Assert.AreNotEqual(first["path"], (await machine.InstallAsync()).HasCode(0)["path"]);
        await File.AppendAllTextAsync(first["path"], "echo evil");
        File.Delete(machine["action home/src/Program.cs"]);
        Assert.AreEqual("false", (await machine.InstallAsync()).HasCode(0)["cache-hit"]);
        Assert.HasCount(3, await File.ReadAllLinesAsync(machine["temp/builds"]));
    }

    /// <summary>The real build, which takes a minute.</summary>
    [TestMethod]
    [LongRun]
    public async Task The_checkout_builds_a_runner_that_knows_the_action()
    {
        using var machine = new Machine();
        var built = (await machine.InstallAsync(("ACTION_PATH", Repository.Root))).HasCode(0);
        var (code, log) = await Shell.RunAsync("exec \"$TOOL\" action", "/", [new("TOOL", built["path"]), new("PGROLL_IN_COMMAND", "none")]);
        Assert.AreEqual(2, code, log);
        StringAssert.Contains(log, "Input 'command': 'none' is none");
    }

    static string Asset(string version) => $"/v{version}/dotnet-pgroll-{version}-{Rid}";

    /// <summary>A machine with nothing on it but what a test puts there.</summary>
    sealed class Machine : IDisposable
    {
        readonly string _root = Directory.CreateTempSubdirectory("pgroll install ").FullName;
        int _runs;

        public Machine()
        {
            Write("action home/action/install.sh", File.ReadAllText(Repository.Combine("action", "install.sh")));
            Write("action home/action/runner.lock", "# version, platform, SHA-256\n");
            Write("action home/src/Tool.cs", "// a source");
            Write("action home/global.json", "{}");
            Directory.CreateDirectory(this["temp"]);
            Directory.CreateDirectory(this["programs"]);
        }

        public FileServer Server { get; } = new();

        public string this[string name] => Path.Combine(_root, name);

        public string Cached(string version) => this[$"tool cache/pgroll-build/{version}"];

        public void Write(string name, string text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
            File.WriteAllText(this[name], text);
        }

        public Machine Lock(string version, string content)
        {
            File.AppendAllText(this["action home/action/runner.lock"], $"{version} {Rid} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}\n");
            return this;
        }

        /// <summary>A program that is found before the machine's.</summary>
        public Machine Program(string name, string script)
        {
            Write($"programs/{name}", $"#!/bin/sh\n{script}\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(this[$"programs/{name}"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return this;
        }

        public async Task<Installed> InstallAsync(params (string Name, string Value)[] inputs)
        {
            var outputs = this[$"temp/outputs-{Interlocked.Increment(ref _runs)}"];
            Dictionary<string, string> environment = new()
            {
                ["GITHUB_OUTPUT"] = outputs,
                ["RUNNER_TEMP"] = this["temp"],
                ["RUNNER_TOOL_CACHE"] = this["tool cache"],
                ["RUNNER_OS"] = OperatingSystem.IsMacOS() ? "macOS" : "Linux",
                ["PGROLL_ACTION_PATH"] = this["action home"],
                ["PGROLL_IN_DOWNLOAD_BASE_URL"] = Server.Address,
                ["PATH"] = $"{this["programs"]}:{Environment.GetEnvironmentVariable("PATH")}",
            };
            foreach (var (name, value) in inputs)
                environment[name == "ACTION_PATH" ? "PGROLL_ACTION_PATH" : $"PGROLL_IN_{name}"] = value;
            var (code, log) = await Shell.RunAsync(Manifest.Read().Steps.Single(step => step.Id == "install").Run!, _root, environment);
            return new(code, log, RunnerOutputs.Read(File.Exists(outputs) ? await File.ReadAllTextAsync(outputs) : ""));
        }

        public void Dispose()
        {
            Server.Dispose();
            Directory.Delete(_root, recursive: true);
        }
    }

    sealed record Installed(int Code, string Log, IReadOnlyDictionary<string, string> Outputs)
    {
        public string this[string output] => Outputs[output];

        public Installed HasCode(int code)
        {
            Assert.AreEqual(code, Code, Log);
            return this;
        }
    }
}
