using System.CommandLine;

namespace PgRoll.Build.Cli.Commands;

/// <summary>Whether a command that can do without a database asks one.</summary>
sealed class OnlineChoice
{
    readonly Option<bool> _online = new("--online")
    {
        Description = "Ask the database; --postgres-url on the command line means it too, a variable alone does not.",
    };

    public void AddTo(Command command) => command.Add(_online);

    public bool IsMade(Invocation run) => run.Value(_online) || run.NamesDatabase;
}
