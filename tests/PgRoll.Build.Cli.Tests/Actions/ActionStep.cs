using PgRoll.Build.Testing;

namespace PgRoll.Build.Cli.Tests.Actions;

/// <summary>A step of a workflow in this process: inputs go in as action.yml hands them over, and what the service would see comes out.</summary>
sealed class ActionStep : IDisposable
{
    readonly MigrationFolder _files = new();

    public ActionStep(string? url = null)
    {
        if (url is not null)
            Variables["PGROLL_PG_URL"] = url;
        Variables["GITHUB_REPOSITORY"] = "shop/web";
        Variables["GITHUB_RUN_ID"] = "41";
        Variables["GITHUB_RUN_ATTEMPT"] = "1";
        Variables["GITHUB_SHA"] = "c0ffee";
        Variables["GITHUB_ACTOR"] = "mona";
        Variables["RUNNER_TEMP"] = _files.Path;
    }

    public Dictionary<string, string> Variables { get; } = [];

    public MigrationFolder Migrations { get; } = new();

    public async Task<StepResult> RunAsync(string command, params (string Input, string Value)[] inputs)
    {
        var tool = new Tool();
        foreach (var (name, value) in Variables)
            tool.Variables[name] = value;
        foreach (var (input, value) in inputs.Prepend(("migrations", Migrations.Path)).Prepend(("command", command)))
            tool.Variables[Cli.Actions.ActionInputs.VariableOf(input)] = value;
        var (outputs, summary) = (_files[$"outputs-{Guid.NewGuid():N}"], _files[$"summary-{Guid.NewGuid():N}"]);
        (tool.Variables["GITHUB_OUTPUT"], tool.Variables["GITHUB_STEP_SUMMARY"]) = (outputs, summary);
        var ended = await tool.RunAsync("action");
        Assert.AreEqual("", ended.Error, "The service reads both streams, and only one of them is guarded.");
        return new(ended.Code, ended.Out, RunnerOutputs.Read(File.Exists(outputs) ? await File.ReadAllTextAsync(outputs) : ""), File.Exists(summary) ? await File.ReadAllTextAsync(summary) : "");
    }

    /// <summary>A file of the job's own.</summary>
    public string WithFile(string name, string text)
    {
        _files.With(name, text);
        return _files[name];
    }

    public void Dispose()
    {
        _files.Dispose();
        Migrations.Dispose();
    }
}

/// <summary>What is left of a step.</summary>
sealed record StepResult(int Code, string Raw, IReadOnlyDictionary<string, string> Outputs, string Summary)
{
    public RunnerLog Log => field ??= new(Raw);

    public string this[string output] => Outputs[output];

    public StepResult HasCode(int code)
    {
        Assert.AreEqual(code, Code, Raw);
        Assert.AreEqual($"{code}", Outputs["exit-code"]);
        CollectionAssert.AreEquivalent(Cli.Actions.ActionOutputs.Names.ToArray(), Outputs.Keys.ToArray());
        Assert.IsEmpty(Log.Others, string.Join('\n', Log.Others));
        return this;
    }

    public string Annotations(string kind) => string.Join('\n', Log.Annotations.Where(annotation => annotation.Kind == kind).Select(annotation => annotation.Text));
}
