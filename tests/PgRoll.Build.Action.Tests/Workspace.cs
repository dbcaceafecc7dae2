using System.Diagnostics;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Action.Tests;

/// <summary>A job's machine: a checkout, a temporary folder, a tool cache; and the action in it, interpreted as the service does it.</summary>
sealed class Workspace : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("pgroll action ").FullName;
    int _runs;

    public Workspace()
    {
        Directory.CreateDirectory(Checkout);
        Directory.CreateDirectory(this["temp"]);
        Environment["GITHUB_ACTIONS"] = "true";
        Environment["GITHUB_WORKSPACE"] = Checkout;
        Environment["GITHUB_REPOSITORY"] = "shop/web";
        Environment["GITHUB_RUN_ID"] = "41";
        Environment["GITHUB_RUN_ATTEMPT"] = "1";
        Environment["GITHUB_SHA"] = "c0ffee";
        Environment["GITHUB_ACTOR"] = "mona";
        Environment["RUNNER_TEMP"] = this["temp"];
        Environment["RUNNER_TOOL_CACHE"] = this["tool cache"];
        Environment["RUNNER_OS"] = OperatingSystem.IsWindows() ? "Windows" : OperatingSystem.IsMacOS() ? "macOS" : "Linux";
    }

    /// <summary>What the workflow sets for all of its steps.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public string Checkout => this["checkout"];

    /// <summary>The runner that these tests were built with.</summary>
    public static string Tool { get; } = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "dotnet-pgroll.exe" : "dotnet-pgroll");

    public string this[string name] => Path.Combine(_root, name);

    public Workspace With(string name, string text)
    {
        var path = Path.Combine(Checkout, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    /// <summary>Runs the action with a command and inputs, by the tool that is here already.</summary>
    public Task<ActionResult> UseAsync(string command, params (string Input, string Value)[] inputs) => UseAsync(null, command, inputs);

    /// <param name="during">Is given the process of the last step, and what it says line by line.</param>
    /// <param name="command">The input of that name.</param>
    /// <param name="inputs">Others.</param>
    public async Task<ActionResult> UseAsync(Func<Process, string, Task>? during, string command, params (string Input, string Value)[] inputs)
    {
        var manifest = Manifest.Read();
        var given = inputs.Append(("command", command)).Append(("tool-path", Tool)).ToDictionary(input => input.Item1, input => input.Item2);
        Assert.IsEmpty(given.Keys.Except(manifest.Inputs.Select(input => input.Name)), "There is no such input.");
        Dictionary<string, IReadOnlyDictionary<string, string>> steps = [];
        string Value(string name) => name.Split('.') switch
        {
            ["github", "action_path"] => Repository.Root,
            ["github", "token"] => "",
            ["inputs", var input] => given.GetValueOrDefault(input) ?? Manifest.Resolve(manifest.Inputs.Single(one => one.Name == input).Default ?? "", Value),
            ["steps", var step, "outputs", var output] => steps.GetValueOrDefault(step)?.GetValueOrDefault(output) ?? "",
            _ => throw new NotSupportedException(name),
        };
        var (code, log, summary) = (0, "", "");
        foreach (var step in manifest.Steps)
        {
            var (outputFile, summaryFile) = (this[$"temp/outputs-{++_runs}"], this[$"temp/summary-{_runs}"]);
            var environment = Environment
                .Concat(step.Environment.Select(pair => KeyValuePair.Create(pair.Key, Manifest.Resolve(pair.Value, Value))))
                .Append(KeyValuePair.Create("GITHUB_OUTPUT", outputFile)).Append(KeyValuePair.Create("GITHUB_STEP_SUMMARY", summaryFile));
            (code, var said) = await Shell.RunAsync(step.Run!, Checkout, environment, step.Id == "run" ? during : null);
            log += said;
            steps[step.Id] = RunnerOutputs.Read(File.Exists(outputFile) ? await File.ReadAllTextAsync(outputFile) : "");
            summary += File.Exists(summaryFile) ? await File.ReadAllTextAsync(summaryFile) : "";
            if (code != 0)
                break;
        }
        return new(code, new(log), manifest.Outputs.ToDictionary(output => output.Name, output => Manifest.Resolve(output.Value, Value)), summary);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}

/// <summary>What a job sees of the action when it has run.</summary>
sealed record ActionResult(int Code, RunnerLog Log, IReadOnlyDictionary<string, string> Outputs, string Summary)
{
    public string this[string output] => Outputs[output];

    public ActionResult HasCode(int code)
    {
        Assert.AreEqual(code, Code, $"{Log.Text}\n{string.Join('\n', Log.Annotations)}");
        Assert.AreEqual($"{code}", Outputs["exit-code"]);
        Assert.IsEmpty(Log.Others);
        return this;
    }

    public string Annotations(string kind) => string.Join('\n', Log.Annotations.Where(annotation => annotation.Kind == kind).Select(annotation => annotation.Text));
}
