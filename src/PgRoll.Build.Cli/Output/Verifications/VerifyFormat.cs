using PgRoll.Build.Cli.Output.Findings;

namespace PgRoll.Build.Cli.Output.Verifications;

/// <summary>How a proof is written: as a report for people and programs, as its findings alone for services.</summary>
static class VerifyFormat
{
    public static string Write(string format, VerifyResult result) => format switch
    {
        "text" => VerifyText.Write(result),
        "markdown" => VerifyMarkdown.Write(result),
        "json" => VerifyJson.Write(result),
        _ => FindingsFormat.All.Single(each => each.Name == format).Write(result.Findings),
    };
}
