using PgRoll.Build.Cli.Commands;
using PgRoll.Build.Engine;
using Spectre.Console;

namespace PgRoll.Build.Cli.Files;

/// <summary>Asks before what is not easily taken back.</summary>
static class Confirmation
{
    public static async Task<bool> AskAsync(Invocation run, string question, CancellationToken ct) =>
        run.Terminal is { } terminal
            ? await new ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = false }.ShowAsync(terminal, ct)
            : throw new PgRollException(ExitReason.Usage, $"{question} Nobody can be asked here: give --yes to say so.");
}
