using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using PgRoll.Build.Cli.Files;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Engine;
using PgRoll.Build.Model;
using Spectre.Console;

namespace PgRoll.Build.Cli.Commands;

/// <summary><c>create</c>: a new migration file, asked for or empty.</summary>
sealed class CreateCommand : Verb
{
    readonly FolderArgument _folder = new("The folder of migrations; it is made if it is not there.");

    readonly Option<string?> _name = new("--name", "-n") { Description = "The migration's name, which its file gets. Asked for if it is not given.", HelpName = "NAME" };

    readonly Option<bool> _empty = new("--empty", "-e") { Description = "Write no operations, and ask for none." };

    readonly NotationOption _json = new();

    public CreateCommand(GlobalSettings global) : base("create", global,
        "Make a new migration file. At a terminal it asks for the operations and their fields; elsewhere --name and --empty say all. "
        + "It needs no database, and writes over no file.")
    {
        Add(_folder);
        Add(_name);
        Add(_empty);
        Add(_json);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "dotnet pgroll create                              # asks for all",
        "dotnet pgroll create migrations --name 03_email --empty",
    ];

    protected override async Task<ExitReason> RunAsync(Invocation run, CancellationToken ct)
    {
        var (folder, asJson) = (run.Value(_folder)!, run.Value(_json));
        var name = FileNames.WithoutExtension(run.Value(_name) ?? await AskNameAsync(run, folder, ct), asJson);
        var path = FileNames.In(folder, name, asJson);
        if (Directory.Exists(folder) && MigrationPath.NamesIn(folder).Contains(name))
            throw new PgRollException(ExitReason.Usage, $"'{folder}' has a migration '{name}' already.");
        var migration = run.Value(_empty)
            ? new JsonObject { ["operations"] = new JsonArray() }
            : await new MigrationForm(Terminal(run, "--empty")).AskAsync(ct);
        var text = MigrationText.Of(name, migration.ToJsonString(), asJson);
        await MigrationPath.WriteNewAsync(path, asJson ? text : MigrationText.ForEditing(text), ct);
        await run.Out.WriteLineAsync(path);
        if (!run.Value(_empty))
            foreach (var finding in MigrationSet.Check(MigrationPath.ReadHistory(path), Schema.Empty(run.Schema)).Diagnostics.Where(finding => finding.Location.File == path))
                await run.Error.WriteLineAsync(finding.ToString());
        return ExitReason.Done;
    }

    static async Task<string> AskNameAsync(Invocation run, string folder, CancellationToken ct)
    {
        var terminal = Terminal(run, "--name");
        var hint = Directory.Exists(folder) && MigrationPath.NamesIn(folder) is [.., var last] ? $"after {last}{(NextPrefix(last) is { } prefix ? $", such as {prefix}_email" : "")}" : "such as 01_initial";
        return await new TextPrompt<string>(Markup.Escape($"The migration's name ({hint}):")).ShowAsync(terminal, ct);
    }

    static IAnsiConsole Terminal(Invocation run, string option) => run.Terminal
        ?? throw new PgRollException(ExitReason.Usage, $"Nobody can be asked here: give {option}.");

    static string? NextPrefix(string name)
    {
        var digits = string.Concat(name.TakeWhile(char.IsAsciiDigit));
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < int.MaxValue
            ? (number + 1).ToString(CultureInfo.InvariantCulture).PadLeft(digits.Length, '0')
            : null;
    }
}
