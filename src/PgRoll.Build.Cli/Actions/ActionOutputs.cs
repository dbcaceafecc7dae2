using System.Globalization;
using System.Text.Json;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Actions;

/// <summary>The outputs of action.yml. All of them are set however the step ends; what is not known is empty.</summary>
sealed class ActionOutputs
{
    readonly Dictionary<string, string> _values = Names.ToDictionary(name => name, _ => "");

    /// <summary>All that the runner sets; <c>cache-hit</c> is the installation's.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "schema-version", "version", "migration", "previous-schema-version", "state", "result", "started", "pending-count", "applied-count",
        "migrations", "reversible", "backfilled-rows", "duration-ms", "finding-count", "error-count", "warning-count", "rule-codes",
        "sarif-path", "report-path", "comment-url", "tool-version", "exit-code",
    ];

    public ActionOutputs()
    {
        this["started"] = "false";
        Set("applied-count", 0);
        Set("backfilled-rows", 0);
        Set("finding-count", 0);
        Set("error-count", 0);
        Set("warning-count", 0);
        Set("migrations", []);
        this["tool-version"] = typeof(ActionOutputs).Assembly.GetName().Version!.ToString(3);
    }

    public string this[string name]
    {
        get => _values[name];
        set => _values[name] = _values.ContainsKey(name) ? value : throw new ArgumentException($"There is no output '{name}'.");
    }

    public IReadOnlyDictionary<string, string> Values => _values;

    public void Set(string name, long value) => this[name] = value.ToString(CultureInfo.InvariantCulture);

    public void Set(string name, bool value) => this[name] = value ? "true" : "false";

    public void Set(string name, IReadOnlyList<string> values) => this[name] = JsonSerializer.Serialize(values, ActionJson.Default.IReadOnlyListString);

    /// <summary>What the step did, and the migrations it did it to.</summary>
    public void Did(string result, IReadOnlyList<string> migrations)
    {
        this["result"] = result;
        Set("migrations", migrations);
        Set("applied-count", migrations.Count);
    }

    /// <summary>What the database is at.</summary>
    public void Set(RunnerStatus status)
    {
        this["schema-version"] = status.VersionSchema ?? "";
        this["version"] = status.Version;
        this["migration"] = status.Migration ?? "";
        this["previous-schema-version"] = status.PreviousVersionSchema ?? "";
        this["state"] = status.State switch { "In progress" => "active", "No migrations" => "none", _ => "completed" };
    }
}
