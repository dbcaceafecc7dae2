using PgRoll.Build.Cli.Settings;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Actions;

/// <summary>The inputs of action.yml, each in a variable of its own: no input is ever part of a command line. An empty one was not given.</summary>
sealed class ActionInputs(Func<string, string?> variable)
{
    const string Prefix = "PGROLL_IN_";

    /// <summary>Inputs that are settings of the command line as well, under these variables.</summary>
    static readonly Dictionary<string, string> Settings = new()
    {
        ["PGROLL_PG_URL"] = "database-url",
        ["PGROLL_SCHEMA"] = "schema",
        ["PGROLL_STATE_SCHEMA"] = "state-schema",
        ["PGROLL_ROLE"] = "role",
        ["PGROLL_LOCK_TIMEOUT"] = "lock-timeout",
    };

    public static string VariableOf(string input) => Prefix + input.ToUpperInvariant().Replace('-', '_');

    public string? Command => Text("command");

    /// <summary>Where the migrations are, from the checkout's root on.</summary>
    public string Path => System.IO.Path.Combine(Text("working-directory") ?? ".", Text("migrations") ?? MigrationPath.Default) is var path && path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;

    public string? DatabasePassword => Text("database-password") ?? variable("PGROLL_DATABASE_PASSWORD");

    public TimeSpan? LockBudget => Read("lock-budget", static text => (TimeSpan?)Duration.ReadPositive(text), null);

    public TimeSpan? IndexWait => Read("index-wait", static text => (TimeSpan?)Duration.ReadPositive(text), null);

    public int? BackfillBatchSize => Read("backfill-batch-size", static text => (int?)Texts.Count(text), null);

    public TimeSpan? BackfillBatchDelay => Read("backfill-batch-delay", static text => (TimeSpan?)Duration.ReadPositive(text), null);

    public int? BackfillWorkers => Read("backfill-workers", static text => (int?)Texts.Count(text), null);

    public TimeSpan? MaxReplicaLag => Read("max-replica-lag", static text => (TimeSpan?)Duration.ReadPositive(text), null);

    public bool AllowUserTriggers => Switch("allow-user-triggers", false);

    public MultiplePending MultiplePending => Choice("multiple-pending", "together", "fail", "complete-earlier") switch
    {
        "fail" => MultiplePending.Fail,
        "complete-earlier" => MultiplePending.CompleteEarlier,
        _ => MultiplePending.Together,
    };

    public string IfActive => Choice("if-active", "resume", "fail", "rollback");

    public bool IsPendingExpected => Choice("if-none-pending", "succeed", "fail") == "fail";

    public string? ExpectedVersion => Text("expected-version");

    public string? DeployResult => Text("deploy-result") is null ? null : Choice("deploy-result", "success", "failure", "cancelled", "skipped");

    /// <summary>Without a default: whether a failed deploy put the old application back, nobody knows here.</summary>
    public string? OnFailure => Text("on-failure") is null ? null : Choice("on-failure", "rollback", "leave");

    public string OnCancelled => Choice("on-cancelled", "leave", "rollback");

    public bool TakesOver => Switch("take-over", false);

    public TimeSpan? Timeout => Read("timeout", static text => (TimeSpan?)Duration.ReadPositive(text), null);

    public bool IsDryRun => Switch("dry-run", false);

    public string? ChangedSince => Text("changed-since");

    public string? Since => Text("since");

    public Severity? FailOn => Choice("fail-on", "error", "warning", "info", "never") switch { "error" => Severity.Error, "warning" => Severity.Warning, "info" => Severity.Info, _ => null };

    public bool NeedsReasons => Switch("require-reasons", false);

    public IReadOnlyList<int> ServerVersions => Read("server-version", Texts.Majors, []);

    public string? SetupFile => Text("setup-file");

    public string? DataFile => Text("data-file");

    // How a step ended is told where one of these is wrong as well.
    public bool HasAnnotations => !Says("annotations", false);

    public bool HasSummary => !Says("summary", false);

    public bool HasComment => Says("comment", true);

    public string? SarifFile => Text("sarif-file");

    public string? ReportFile => Text("report-file");

    public string? Token => Text("github-token");

    /// <summary>A variable of the command line, as the inputs have it.</summary>
    public string? Setting(string name) =>
        Settings.TryGetValue(name, out var input) && Text(input) is { } text ? text
        // An input stands for both names of the address.
        : name == "PGROLL_DATABASE_URL" && Text("database-url") is not null ? null
        : variable(name);

    /// <summary>A wrong value of any input is told before anything is done.</summary>
    public void Check()
    {
        _ = (LockBudget, IndexWait, BackfillBatchSize, BackfillBatchDelay, BackfillWorkers, MaxReplicaLag, AllowUserTriggers, MultiplePending);
        _ = (IfActive, IsPendingExpected, DeployResult, OnFailure, OnCancelled, TakesOver, Timeout, IsDryRun, FailOn, NeedsReasons);
        _ = ServerVersions;
        _ = (Switch("annotations", true), Switch("summary", true), Switch("comment", false));
    }

    public string? Text(string input) => variable(VariableOf(input)) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    bool Says(string input, bool what) => bool.TryParse(Text(input), out var value) && value == what;

    bool Switch(string input, bool fallback) => Read(input, Texts.Switch, fallback);

    /// <summary>One of some words; the first is what holds where none is given.</summary>
    string Choice(string input, params string[] words) => Read(input, text => words.Contains(text) ? text : throw new FormatException($"'{text}' is none of {string.Join(", ", words)}."), words[0]);

    T Read<T>(string input, Func<string, T> read, T fallback)
    {
        if (Text(input) is not { } text)
            return fallback;
        try
        {
            return read(text);
        }
        catch (FormatException error)
        {
            throw new PgRollException(ExitReason.Usage, $"Input '{input}': {error.Message}", error);
        }
    }
}
