using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using PgRoll.Build.Plans;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.State;

/// <summary>
/// A plan as it is stored with the rollout: finished SQL, so that <c>complete</c> and <c>rollback</c> do exactly what was reviewed,
/// even after the tool was upgraded in between. A plan has every view of a version in it, so it stays the bytes that the wire carries.
/// </summary>
static class PlanJson
{
    /// <summary>SQL is full of quotes, and goes to terminals and databases, not into web pages.</summary>
    static readonly PlanJsonContext Readable = new(new JsonSerializerOptions(PlanJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Changes when a reader of before would do something else with a plan than was meant.</summary>
    const int Format = 2;

    /// <summary>Of a plan that says nothing which came later, for readers of before: 2 brought versions that show xmin.</summary>
    static int FormatOf(Plan plan) => plan.Start.SelectMany(stage => stage.Steps).Concat(plan.Complete).Any(step => step is PublishStep { ExposesXmin: true }) ? 2 : 1;

    public static byte[] Write(Plan plan) => JsonSerializer.SerializeToUtf8Bytes(
        new PlanRecord(
            FormatOf(plan), plan.BaseSchema, plan.VersionSchema, plan.PreviousVersionSchema,
            [.. plan.Start.Select(s => new StageRecord(s.Kind, [.. s.Steps.Select(Write)]))],
            [.. plan.Complete.Select(Write)], [.. plan.AfterComplete.Select(Write)], [.. plan.AfterRollback.Select(Write)],
            plan.PreviousViews, plan.Views, plan.TouchedTables, [.. plan.CompleteLocks.Select(Name)], [.. plan.RollbackLocks.Select(Name)],
            [.. plan.Drops.Select(d => new DropRecord(d.Kind, Name(d.Table), d.Name, d.KeptSequence))]),
        Readable.PlanRecord);

    public static Plan Read(byte[] json)
    {
        var plan = JsonSerializer.Deserialize(json, PlanJsonContext.Default.PlanRecord)!;
        if (plan.Format > Format)
            throw new PgRollException(ExitReason.NeedsAttention,
                $"The rollout was started by a newer version of this tool, which stored its plan in form {plan.Format}; this version knows {Format}. Use the version that started it.");
        return new(plan.BaseSchema, plan.VersionSchema, plan.PreviousVersionSchema)
        {
            Start = [.. plan.Start.Select(s => new Stage(s.Kind, [.. s.Steps.Select(Read)]))],
            Complete = [.. plan.Complete.Select(Read)],
            AfterComplete = [.. plan.AfterComplete.Select(Read)],
            AfterRollback = [.. plan.AfterRollback.Select(Read)],
            PreviousViews = plan.PreviousViews,
            Views = plan.Views,
            TouchedTables = plan.TouchedTables,
            CompleteLocks = [.. plan.CompleteLocks.Select(Name)],
            RollbackLocks = [.. plan.RollbackLocks.Select(Name)],
            Drops = [.. plan.Drops.Select(d => new Drop(d.Kind, Name(d.Table), d.Name) { KeptSequence = d.KeptSequence })],
        };
    }

    public static string WriteMigrations(IReadOnlyList<RolloutMigration> migrations) =>
        JsonSerializer.Serialize(migrations, PlanJsonContext.Default.IReadOnlyListRolloutMigration);

    public static IReadOnlyList<RolloutMigration> ReadMigrations(string json) =>
        JsonSerializer.Deserialize(json, PlanJsonContext.Default.IReadOnlyListRolloutMigration)!;

    static StepRecord Write(Step step)
    {
        var record = step switch
        {
            SqlStep sql => new StepRecord("sql", sql.Why) { Sql = sql.Do.Text },
            IndexStep index => new StepRecord("index", index.Why) { Name = Name(index.Index), Sql = index.Do.Text },
            BackfillStep backfill => new StepRecord("backfill", backfill.Why) { Name = Name(backfill.Table), Sql = backfill.Assignments.Text, FiresUserTriggers = backfill.FiresUserTriggers ? true : null },
            RawStep raw => new StepRecord("raw", raw.Why) { Sql = raw.Text },
            PublishStep publish => new StepRecord("publish", publish.Why) { Name = [publish.VersionSchema], ExposesXmin = publish.ExposesXmin ? true : null },
            RetireStep retire => new StepRecord("retire", retire.Why) { Name = [retire.Schema] },
            _ => throw new InvalidOperationException($"No such step: {step}."),
        };
        return record with
        {
            Origin = step.Origin is { } origin ? new(origin.File, origin.Path, origin.Span.Line, origin.Span.Column) : null,
            Undo = step.Undo?.Text,
            Lock = step.Lock is { } held ? new(held.Mode, Name(held.Table), held.Referenced is { } other ? Name(other) : null) : null,
        };
    }

    static Step Read(StepRecord record)
    {
        Step step = record.Kind switch
        {
            "sql" => new SqlStep(record.Why, Sql.Raw(record.Sql!)),
            "index" => new IndexStep(record.Why, Name(record.Name!), Sql.Raw(record.Sql!)),
            "backfill" => new BackfillStep(record.Why, Name(record.Name!), Sql.Raw(record.Sql!)) { FiresUserTriggers = record.FiresUserTriggers == true },
            "raw" => new RawStep(record.Why, record.Sql!),
            "publish" => new PublishStep(record.Why, record.Name![0]) { ExposesXmin = record.ExposesXmin == true },
            "retire" => new RetireStep(record.Why, record.Name![0]),
            _ => throw new PgRollException(ExitReason.NeedsAttention, $"The stored plan holds a step of kind '{record.Kind}', which this version does not know. Use the version that started the rollout."),
        };
        return step with
        {
            Origin = record.Origin is { } origin ? new(origin.File, origin.Path, new(origin.Line, origin.Column, origin.Line, origin.Column)) : null,
            Undo = record.Undo is { } undo ? Sql.Raw(undo) : null,
            Lock = record.Lock is { } held ? new(held.Mode, Name(held.Table)) { Referenced = held.Referenced is { } other ? Name(other) : null } : null,
        };
    }

    static string[] Name(QualifiedName name) => [name.Schema.Name, name.Name.Name];

    static QualifiedName Name(string[] parts) => QualifiedName.Of(parts[0], parts[1]);
}

sealed record PlanRecord(
    int Format, string BaseSchema, string? VersionSchema, string? PreviousVersionSchema,
    IReadOnlyList<StageRecord> Start, IReadOnlyList<StepRecord> Complete,
    IReadOnlyList<StepRecord> AfterComplete, IReadOnlyList<StepRecord> AfterRollback,
    IReadOnlyList<string> PreviousViews, IReadOnlyList<string> Views,
    IReadOnlyList<string> TouchedTables, IReadOnlyList<string[]> CompleteLocks, IReadOnlyList<string[]> RollbackLocks,
    IReadOnlyList<DropRecord> Drops);

sealed record DropRecord(DropKind Kind, string[] Table, string Name, string? KeptSequence);

sealed record StageRecord(StageKind Kind, IReadOnlyList<StepRecord> Steps);

sealed record StepRecord(string Kind, string Why)
{
    public string[]? Name { get; init; }
    public string? Sql { get; init; }
    public string? Undo { get; init; }
    public bool? FiresUserTriggers { get; init; }
    public bool? ExposesXmin { get; init; }
    public LockRecord? Lock { get; init; }

    /// <summary>Plans of older versions have none.</summary>
    public OriginRecord? Origin { get; init; }
}

sealed record OriginRecord(string File, string Path, int Line, int Column);

sealed record LockRecord(LockMode Mode, string[] Table, string[]? Referenced = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PlanRecord))]
[JsonSerializable(typeof(IReadOnlyList<RolloutMigration>))]
sealed partial class PlanJsonContext : JsonSerializerContext;
