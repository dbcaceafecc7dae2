using System.CommandLine;
using System.CommandLine.Help;
using PgRoll.Build.Cli.Actions;
using PgRoll.Build.Cli.Commands;
using PgRoll.Build.Cli.Output;
using PgRoll.Build.Cli.Settings;

namespace PgRoll.Build.Cli;

/// <summary>The command tree.</summary>
static class Program
{
    static async Task<int> Main(string[] arguments)
    {
        var surroundings = Surroundings.OfProcess();
        using var interruption = new Interruption(surroundings);
        return await CommandLine.RunAsync(arguments, surroundings, interruption.Token);
    }

    public static RootCommand Tree(GlobalSettings global)
    {
        var root = new RootCommand("Zero-downtime, reversible schema migrations for PostgreSQL: start, deploy, then complete or rollback.")
        {
            new InitCommand(global),
            new ValidateCommand(global),
            new LintCommand(global),
            new PlanCommand(global),
            new VerifyCommand(global),
            new StartCommand(global),
            new MigrateCommand(global),
            new CompleteCommand(global),
            new RollbackCommand(global),
            new StatusCommand(global),
            new LatestCommand(global),
            new DriftCommand(global),
            new BaselineCommand(global),
            new PullCommand(global),
            new CreateCommand(global),
            new ConvertCommand(global),
            new UpdateCommand(global),
            new LockCommand(global),
            new ActionCommand(global),
        };
        global.AddTo(root);
        var help = new Help();
        root.Options.OfType<HelpOption>().Single().Action = help;
        root.Options.OfType<VersionOption>().Single().Aliases.Add("-v");
        root.SetAction(help.Invoke);
        return root;
    }
}
