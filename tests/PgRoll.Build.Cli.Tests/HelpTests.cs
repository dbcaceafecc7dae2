using System.CommandLine;
using PgRoll.Build.Cli.Commands;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Tests;

[TestClass]
public sealed class HelpTests
{
    public static IEnumerable<string> Commands => Verbs(Program.Tree(new GlobalSettings())).Select(verb => verb.Path);

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public async Task Every_command_shows_what_it_does_with_examples_that_can_be_parsed(string path)
    {
        var help = (await new Tool().RunAsync([.. path.Split(' '), "--help"])).HasCode(0);
        Assert.AreEqual("", help.Error);
        var examples = help.Out[help.Out.IndexOf("Examples:", StringComparison.Ordinal)..].Split('\n')[1..];
        var commands = examples.Where(line => line.Length > 0).Select(line => line[line.IndexOf($"dotnet pgroll {path}", StringComparison.Ordinal)..].Split('#', '|', '&')[0]);
        foreach (var command in commands)
            Assert.IsEmpty(Program.Tree(new GlobalSettings()).Parse(command["dotnet pgroll".Length..]).Errors, command);
    }

    [TestMethod]
    [DataRow]
    [DataRow("--help")]
    public async Task The_tool_itself_shows_the_commands_and_the_exit_codes(params string[] arguments)
    {
        var help = (await new Tool().RunAsync(arguments)).HasCode(0);
        foreach (var expected in (string[])["start <FILE|DIR>", "PGROLL_LOCK_TIMEOUT", "Exit codes:", "5  Interrupted"])
            StringAssert.Contains(help.Out, expected);
    }

    [TestMethod]
    [DataRow("--version")]
    [DataRow("-v")]
    public async Task The_version_is_a_number_first(string flag) =>
        Assert.MatchesRegex(@"^\d+\.\d+\.\d+", (await new Tool().RunAsync(flag)).HasCode(0).Out);

    [TestMethod]
    public void Every_exit_code_is_in_the_table_once() =>
        CollectionAssert.AreEqual(Enum.GetValues<ExitReason>(), ExitCodes.Table.Select(row => row.Code).ToArray());

    [TestMethod]
    public void Every_option_and_argument_says_what_it_is()
    {
        var root = Program.Tree(new GlobalSettings());
        IEnumerable<Command> commands = [root, .. Verbs(root).Select(verb => (Command)verb.Verb)];
        foreach (var command in commands)
            foreach (var symbol in command.Options.Cast<Symbol>().Concat(command.Arguments).Append(command))
                Assert.IsFalse(string.IsNullOrWhiteSpace(symbol.Description), $"{command.Name} {symbol.Name}");
    }

    static IEnumerable<(string Path, Verb Verb)> Verbs(Command command, string path = "")
    {
        foreach (var verb in command.Subcommands.OfType<Verb>())
        {
            var name = $"{path} {verb.Name}".TrimStart();
            yield return (name, verb);
            foreach (var inner in Verbs(verb, name))
                yield return inner;
        }
    }
}
