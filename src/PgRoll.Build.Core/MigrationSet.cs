using PgRoll.Build.Diagnostics;
using PgRoll.Build.Linting;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;

namespace PgRoll.Build;

/// <summary>
/// The migrations of an application, read and checked without a database: the front door for everything that works with files.
/// </summary>
public sealed class MigrationSet
{
    readonly IReadOnlyList<MigrationFile> files;
    readonly IReadOnlyList<Diagnostic> found;

    MigrationSet(string baseSchema, IReadOnlyList<MigrationFile> files, IReadOnlyList<HistoryEntry> history, IReadOnlyList<Diagnostic> found)
    {
        BaseSchema = baseSchema;
        History = history;
        this.files = files;
        this.found = found;
        (Diagnostics, Suppressed) = Suppressions.Of(Migrations, needsReason: false, new()).Divide(found);
    }

    /// <summary>The schema the tables live in.</summary>
    public string BaseSchema { get; }

    /// <summary>The migrations that could be read, in the order in which they are applied, each with the schemas around it.</summary>
    public IReadOnlyList<HistoryEntry> History { get; }

    /// <summary>What was found, in the order of the files.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; private init; }

    /// <summary>What was found and is suppressed where it stands.</summary>
    public IReadOnlyList<SuppressedFinding> Suppressed { get; private init; }

    /// <summary>Whether anything found is an error; then the migrations must not be used.</summary>
    public bool HasErrors => Diagnostics.Any(d => d.Severity == Severity.Error);

    /// <summary>The migrations, in the order in which they are applied.</summary>
    public IEnumerable<Migration> Migrations => History.Select(entry => entry.Migration);

    /// <summary>Reads and checks the migration files of a folder.</summary>
    /// <exception cref="IOException">The folder or a file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or a file may not be read.</exception>
    public static MigrationSet Load(string folder, string baseSchema = "public") => Load(MigrationFile.In(folder), baseSchema);

    /// <summary>Reads and checks migration files, in whatever order they are given.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static MigrationSet Load(IEnumerable<string> files, string baseSchema = "public") =>
        Check([.. MigrationFile.InOrder(files).Select(MigrationFile.Read)], Schema.Empty(baseSchema));

    /// <summary>Checks migrations against the schema they start from.</summary>
    public static MigrationSet Check(IReadOnlyList<MigrationFile> files, Schema schema)
    {
        var report = new Report();
        var migrations = MigrationReader.ReadAll(files, schema.Name, report);
        FileOrder.Check(migrations, report);
        IReadOnlyList<HistoryEntry> history = [.. Build.Migrations.History.Replay(schema, migrations, report)];
        return new(schema.Name, files, history, InOrder(report.Diagnostics, files));
    }

    /// <summary>The same migrations, with what a database has against them among what was found.</summary>
    internal MigrationSet With(IReadOnlyList<Diagnostic> live) => live.Count == 0 ? this : new(BaseSchema, files, History, InOrder([.. found, .. live], files));

    /// <summary>The same migrations, with the risks that they bear among what was found.</summary>
    public MigrationSet Lint(LintSettings? settings = null)
    {
        settings ??= new();
        var report = new Report();
        Linter.Check(History, report);
        settings.Lock?.Check([.. Migrations], report);
        IReadOnlyList<Diagnostic> all = [.. found, .. report.Diagnostics];
        var remarks = new Report();
        var suppressions = Suppressions.Of(Migrations, settings.NeedsReasons, remarks);
        suppressions.ReportUnused(all, Migrations, remarks);
        var (inForce, suppressed) = suppressions.Divide([.. all.Concat(remarks.Diagnostics).Where(finding => IsTold(finding, settings))]);
        return new(BaseSchema, files, History, found)
        {
            Diagnostics = [.. settings.EditorConfig?.Problems ?? [], .. InOrder([.. inForce.Select(finding => Judged(finding, settings)).OfType<Diagnostic>()], files)],
            Suppressed = suppressed,
        };
    }

    /// <summary>Of history only what keeps it from being read and replayed: what it risked, it has survived.</summary>
    static bool IsTold(Diagnostic finding, LintSettings settings)
    {
        var name = Path.GetFileNameWithoutExtension(finding.Location.File);
        var isHistory = settings.Since is { } since && Utf8Order.Instance.Compare(name, since) < 0 || settings.Lock?.Names.Contains(name) is true;
        return !isHistory || finding is { Severity: Severity.Error, Rule.IsAboutHistory: true };
    }

    static Diagnostic? Judged(Diagnostic finding, LintSettings settings) =>
        !finding.Rule.IsConfigurable || settings.EditorConfig is not { } config ? finding
        : config.SeverityOf(finding) is { } severity ? finding with { Severity = severity }
        : null;

    /// <summary>Checks migrations that are rolled out together: no version between them is published, or settles.</summary>
    internal static (IReadOnlyList<Migration> Migrations, Schema After, IReadOnlyList<Diagnostic> Diagnostics) CheckTogether(
        IReadOnlyList<MigrationFile> files, Schema schema)
    {
        var report = new Report();
        var migrations = MigrationReader.ReadAll(files, schema.Name, report);
        FileOrder.Check(migrations, report);
        var after = Build.Migrations.History.Apply(schema, migrations, report);
        // An error is the server's own then, whatever was thought of it before.
        var (inForce, suppressed) = Suppressions.Of(migrations, needsReason: false, new()).Divide(report.Diagnostics);
        return (migrations, after, InOrder([.. inForce, .. suppressed.Select(s => s.Finding).Where(f => f.Severity is Severity.Error)], files));
    }

    /// <summary>File by file, from top to bottom: reading, order and replay each found their own.</summary>
    internal static IReadOnlyList<Diagnostic> InOrder(IReadOnlyList<Diagnostic> diagnostics, IReadOnlyList<MigrationFile> files)
    {
        var place = new Dictionary<string, int>();
        foreach (var file in files)
            place[file.Path] = place.Count;
        return [.. diagnostics.OrderBy(d => place.TryGetValue(d.Location.File, out var index) ? index : files.Count).ThenBy(d => d.Location.Span.Line).ThenBy(d => d.Location.Span.Column)];
    }
}
