using System.CommandLine;
using PgRoll.Build.Cli.Output;
using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Commands;

/// <summary><c>status</c>: what the database is at. JSON unless told otherwise, because pgroll prints JSON and scripts read it.</summary>
sealed class StatusCommand : Verb
{
    readonly Option<bool> _text = new("--text") { Description = "Print text to people." };

    readonly Option<bool> _json = new("--json", "-j")
    {
        Description = "Print JSON: pgroll's keys schema, version and status, then more. This is the default.",
    };

    public StatusCommand(GlobalSettings global) : base("status", global,
        "Tell what the database is at. Prints JSON that begins with pgroll's keys; status is `No migrations`, `In progress` or `Complete`.")
    {
        Add(_text);
        Add(_json);
        Validators.Add(result =>
        {
            if (result.GetValue(_text) && result.GetValue(_json))
                result.AddError("--text and --json exclude each other.");
        });
    }

    public override IReadOnlyList<string> Examples =>
    [
        "dotnet pgroll status | jq -r .status",
        "dotnet pgroll status --text",
    ];

    protected override async Task<ExitReason> RunAsync(Invocation run, CancellationToken ct)
    {
        var status = await run.WithRunnerAsync(runner => runner.StatusAsync(ct));
        if (run.Value(_text))
            await StatusText.WriteAsync(run.Out, status);
        else
            await JsonOutput.WriteAsync(run.Out, StatusReport.Of(status), JsonOutput.Reports.StatusReport);
        return ExitReason.Done;
    }
}
