using System.Text;

namespace PgRoll.Build.Cli.Output;

/// <summary>A stream of the process that may be closed, or on a full disk: what that means for the command is for its owner to say.</summary>
sealed class GuardedWriter(TextWriter inner, Action<Exception> failed) : TextWriter
{
    /// <summary>Standard error: a migration does not end halfway because nobody can read about it.</summary>
    public static GuardedWriter Lenient(Func<TextWriter> open) => new(Opened(open), static _ => { });

    /// <summary>Standard output: whoever waits for the result must learn that it is missing, and that the work is done all the same.</summary>
    public static GuardedWriter Strict(Func<TextWriter> open) => new(Opened(open), static error => throw new Engine.PgRollException(
        Engine.ExitReason.NeedsAttention, $"The result could not be written to standard output: {error.Message.TrimEnd('.')}. What the command did to the database stands: `status` tells.", error));

    /// <summary>A stream that was closed before the process began cannot even be opened.</summary>
    static TextWriter Opened(Func<TextWriter> open)
    {
        try
        {
            return open();
        }
        catch (Exception error) when (IsStreams(error))
        {
            return Null;
        }
    }

    /// <summary>A file descriptor that is none is reported as a lack of access.</summary>
    static bool IsStreams(Exception error) => error is IOException or UnauthorizedAccessException;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    public override void Flush() => Try(inner.Flush);

    void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (IsStreams(error))
        {
            failed(error);
        }
    }
}
