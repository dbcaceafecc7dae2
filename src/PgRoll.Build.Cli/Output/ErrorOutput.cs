using PgRoll.Build.Cli.Connections;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Output;

/// <summary>Tells why a command ended: one message, and the details only for who asks for them.</summary>
static class ErrorOutput
{
    const string Issues = $"{Links.Repository}/issues";

    public static ExitReason Write(TextWriter output, Exception error, bool isVerbose)
    {
        var code = ExitCodes.Of(error);
        output.WriteLine(Secrets.Hide(Text(error)));
        if (isVerbose)
            output.WriteLine(Secrets.Hide(error.ToString()));
        return code;
    }

    /// <summary>The error in one sentence, without findings and without secrets.</summary>
    public static string Sentence(Exception error) => Secrets.Hide(error switch
    {
        PgRollException { Diagnostics.Count: > 0, Reason: ExitReason.NotNow } => "The database is not where this could be done; nothing was changed.",
        PgRollException { Diagnostics.Count: > 0 } => "The migrations have errors; nothing was changed.",
        PgRollException known => known.Message,
        OperationCanceledException => "Interrupted.",
        _ => $"Unexpected failure: {error.GetType().Name}: {error.Message}",
    });

    static string Text(Exception error) => error switch
    {
        PgRollException { Diagnostics: { Count: > 0 } findings } => $"""
            {string.Join(Environment.NewLine, findings)}
            Error: {Sentence(error)}
            """,
        PgRollException or OperationCanceledException => $"Error: {Sentence(error)}",
        _ => $"""
            Error: {Sentence(error)}
            This is a defect of the tool. Please report it, with what the same command prints with --verbose: {Issues}
            """,
    };
}
