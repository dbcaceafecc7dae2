using System.Text.RegularExpressions;

namespace PgRoll.Build.Cli.Connections;

/// <summary>Hides passwords of connection strings that stand where none belongs, such as one given in the place of a file's name.</summary>
static partial class Secrets
{
    public static string Hide(string text) => Pair().Replace(Url().Replace(text, "${scheme}***@"), "${key}***");

    [GeneratedRegex(@"(?<scheme>\bpostgres(ql)?://)\S*@", RegexOptions.IgnoreCase)]
    private static partial Regex Url();

    [GeneratedRegex(@"(?<key>\b(password|pwd|psw)\s*=\s*)('(\\.|[^'\\])*'|""[^""]*""|[^\s;&]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Pair();
}
