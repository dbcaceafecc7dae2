using System.CommandLine;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Commands;

/// <summary>A command: its name, its help, and what it does with what the user gave.</summary>
abstract class Verb : Command
{
    protected Verb(string name, GlobalSettings global, string description) : base(name, description) =>
        SetAction(async (parse, ct) => (int)await RunAsync(new(parse, (Surroundings)parse.InvocationConfiguration, global), ct));

    /// <summary>Command lines to learn from, each with its reason behind a #.</summary>
    public abstract IReadOnlyList<string> Examples { get; }

    protected abstract Task<ExitReason> RunAsync(Invocation run, CancellationToken ct);
}
