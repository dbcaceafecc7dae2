namespace PgRoll.Build.Tasks.Runner;

/// <summary>
/// MSBuild's terminal logger, the one people have before them, prints no message of a task but those by which a credential provider asks for
/// something, which it knows by a word in them (https://github.com/dotnet/msbuild/issues/9667). What a command prints is what it was run for.
/// So that word is in each of its lines, where a terminal shows nothing of it: as a parameter of a link that ends.
/// </summary>
static class TerminalLogger
{
    const string Mark = "\u001b]8;id=--interactive;\u001b\\";

    /// <param name="line">What is to be printed.</param>
    public static string Shown(string line) => Mark + line;
}
