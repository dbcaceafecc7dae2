using System.Text;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Actions.Workflow;

/// <summary>The files through which a step hands its outputs and its summary to the service.</summary>
static class WorkflowFiles
{
    static readonly UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>What the service takes of a summary, in bytes; all of a longer one is refused.</summary>
    public const int LongestSummary = 1_000_000;

    /// <summary>Each output between two lines of a word that no value can hold, for nobody knows it.</summary>
    public static Task WriteOutputsAsync(string path, IReadOnlyDictionary<string, string> outputs)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in outputs)
        {
            var word = $"end-{Guid.NewGuid():N}";
            text.Append(name).Append("<<").Append(word).Append('\n').Append(value).Append('\n').Append(word).Append('\n');
        }
        return AppendAsync(path, text.ToString());
    }

    /// <summary>The whole summary, or as many of its lines as the service takes.</summary>
    public static Task WriteSummaryAsync(string path, string markdown) => AppendAsync(path, Fitting(markdown) + "\n");

    /// <summary>The bytes that a text takes.</summary>
    public static int SizeOf(string text) => utf8.GetByteCount(text);

    static string Fitting(string markdown)
    {
        const string Rest = "\n\nThe rest is in the log.";
        if (SizeOf(markdown) < LongestSummary)
            return markdown;
        var (size, lines) = (SizeOf(Rest), markdown.Split('\n'));
        return string.Join('\n', lines.TakeWhile(line => (size += SizeOf(line) + 1) < LongestSummary)) + Rest;
    }

    static async Task AppendAsync(string path, string text)
    {
        try
        {
            await File.AppendAllTextAsync(path, text, utf8);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PgRollException(ExitReason.NeedsAttention, $"'{path}' cannot be written: {error.Message} What the step did to the database stands.", error);
        }
    }
}
