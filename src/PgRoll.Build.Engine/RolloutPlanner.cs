using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine.Catalog;
using PgRoll.Build.Engine.Preflight;
using PgRoll.Build.Engine.Sessions;
using PgRoll.Build.Engine.State;
using PgRoll.Build.Linting;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Operations;
using PgRoll.Build.Plans;
using PgRoll.Build.Plans.Interop;
using PgRoll.Build.Plans.Rows;

namespace PgRoll.Build.Engine;

/// <summary>Plans a rollout against the database as it is, by the same code that plans offline.</summary>
sealed class RolloutPlanner(Session session, StateStore state, RunnerOptions options, TimeSpan rowCheckTime)
{
    /// <summary>Errors that a plan can be made in spite of, and that the server meets at start, where everything is taken back.</summary>
    static readonly IReadOnlyList<Rule> JudgedByTheServer =
    [
        ReferenceRules.NoEffectiveChange, ReferenceRules.ExpressionUnknownColumn, ReferenceRules.ForeignKeyTarget, ReferenceRules.NotNullWithoutValue,
    ];

    /// <summary>What is rolled out next of the migrations that the history lacks: all of them together, or the first alone; none if it has them all.</summary>
    public IReadOnlyList<MigrationFile> Next(IReadOnlyList<MigrationFile> files, IReadOnlyList<HistoryRow> history)
    {
        var before = new HashSet<string>();
        if (history.LastOrDefault(h => h.IsBaseline) is { } baseline)
        {
            // A baseline restarts the history: what led to it is not compared any more.
            before = [.. history.TakeWhile(h => h != baseline).Select(h => h.Name)];
            history = [.. history.SkipWhile(h => h != baseline)];
            files = [.. files.Where(f => Utf8Order.Instance.Compare(f.Name, baseline.Name) > 0)];
        }
        var known = new HashSet<string>(history.Select(h => h.Name));
        IReadOnlyList<MigrationFile> pending = [.. files.Where(f => !known.Contains(f.Name))];
        if (pending.FirstOrDefault(f => before.Contains(f.Name)) is { } taken)
            throw HistoryFindings.Mismatch(taken, $"'{taken.Name}' sorts after baseline '{history[0].Name}', and a migration of that name was applied before it. Rename the file, or delete it");
        if (pending.Count > 0 && files.LastOrDefault(f => known.Contains(f.Name)) is { } applied && IndexOf(files, pending[0]) < IndexOf(files, applied))
            throw HistoryFindings.Mismatch(pending[0], $"'{pending[0].Name}' sorts before '{applied.Name}', which the database has already. Rename it so that it sorts last");
        if (pending.Count < 2)
            return pending;
        if (options.MultiplePending == MultiplePending.Fail)
            throw new PgRollException(ExitReason.NotNow, $"{pending.Count} migrations are pending ({string.Join(", ", pending.Select(p => p.Name))}), and only one was expected. Start the folder to take them together, or the first one's file.");
        return history.Count == 0 || options.MultiplePending == MultiplePending.CompleteEarlier ? [pending[0]] : pending;
    }

    /// <summary>The plan of one rollout.</summary>
    public async Task<PlannedRollout> PlanAsync(IReadOnlyList<MigrationFile> files, IReadOnlyList<HistoryRow> history, CancellationToken ct)
    {
        var latest = history.Count == 0 ? null : await state.LatestVersionAsync(ct);
        var previous = latest is null ? null : GeneratedNames.VersionSchema(options.Schema, latest);
        var schema = await new SchemaReader(session).ReadAsync(options.Schema, previous, ct);
        if (history.Count == 0 && schema.Tables.Count > 0)
            throw new PgRollException(ExitReason.NotNow,
                $"Schema '{options.Schema}' has tables but no migration history. Make the present state the baseline first.");
        var (migrations, after, diagnostics) = MigrationSet.CheckTogether(files, schema);
        IReadOnlyList<Diagnostic> errors = [.. diagnostics.Where(d => d.Severity == Severity.Error)];
        if (errors.Any(e => !options.SkipValidation || !JudgedByTheServer.Contains(e.Rule)))
            throw new PgRollException(errors);
        if (errors.Count > 0)
            options.Report(new FindingsSkipped(errors));
        if (migrations.Count > 1 && migrations.FirstOrDefault(m => m.Operations.Any(o => o is RawSqlOperation)) is { } raw)
            throw new PgRollException(ExitReason.NotNow,
                $"'{raw.Name}' holds raw SQL, whose effect on the migrations around it is not known: it cannot be rolled out together with {string.Join(", ", migrations.Where(m => m != raw).Select(m => m.Name))}. Deploy it on its own.");
        var version = options.UseVersionSchema ? migrations[^1].VersionSchema(options.Schema) : null;
        var request = new PlanRequest(migrations, schema, after, version, previous, await FactsAsync(after, ct))
        {
            ExposesXmin = options.ExposeXmin ?? previous is not null && await ExposesXminAsync(previous, ct),
        };
        var plan = Planner.Plan(request);
        await RefuseTakenAsync(plan, schema, after, ct);
        await new RunnerRights(session, options).RequireAsync(plan, schema, after, ct);
        await new LockRoom(session, options).RefuseAsync(plan, ct);
        plan = await new StartPreflight(session, options).CheckAsync(migrations[^1].Name, schema, after, plan, ct);
        return new(migrations, plan, Handover.Obstacle(request), [.. diagnostics.Except(errors)])
        {
            Before = schema,
            After = after,
            Live = MigrationSet.InOrder(await AskRowsAsync(request, plan, ct), files),
        };
    }

    /// <summary>What users' triggers make of rows in a backfill is not known before it runs.</summary>
    async Task<IReadOnlyList<Diagnostic>> AskRowsAsync(PlanRequest request, Plan plan, CancellationToken ct)
    {
        if (options.SkipValidation)
            return [];
        var open = new HashSet<string>(plan.Start.SelectMany(stage => stage.Steps).OfType<BackfillStep>().Where(step => step.FiresUserTriggers).Select(step => step.Table.Name.Name));
        return await new RowInspection(session, options, options.RowCheckTime ?? rowCheckTime).FindAsync(RowChecks.Of(request, open.Contains), ct);
    }

    /// <summary>Whether a version shows xmin: those after it go on with it.</summary>
    Task<bool> ExposesXminAsync(string versionSchema, CancellationToken ct) => session.ScalarAsync<bool>(
        """
        SELECT EXISTS (
          SELECT FROM pg_catalog.pg_class v
          JOIN pg_catalog.pg_attribute a ON a.attrelid = v.oid AND a.attname = 'xmin'::name AND a.attnum > 0
          WHERE v.relkind = 'v' AND v.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = $1::name)
        )
        """, ct, versionSchema);

    /// <summary>A collation and a way of storage belong to a column, but not every type that the column may change to has them.</summary>
    async Task<ServerFacts> FactsAsync(Schema after, CancellationToken ct)
    {
        var types = after.Tables.SelectMany(t => t.Columns)
            .Where(c => c.Physical != c.Name && (c.Collation is not null || c.Settings != ColumnSettings.None)).Select(c => c.Type.Text).Distinct().ToArray();
        var known = types.Length == 0 ? [] : await CanonicalOutput.QueryAsync(session,
            """
            SELECT name, y.typcollation <> 0, y.typstorage <> 'p'
            FROM pg_catalog.unnest($1::text[]) name JOIN pg_catalog.pg_type y ON y.oid = pg_catalog.to_regtype(name)
            """, static row => (Name: row.GetString(0), Facts: new TypeFacts(row.GetBoolean(1), row.GetBoolean(2))), ct, (object)types);
        return new(session.Major) { Types = known.ToDictionary(type => type.Name, type => type.Facts) };
    }

    /// <summary>
    /// Names that the plan makes must be free. The schema holds tables and their indexes only: a view, a sequence, a partition or a type may
    /// have the name as well. An index build that finds its name would take it for its own unfinished work, and names that things get at
    /// complete would be missed only there. Raw SQL may be what makes room.
    /// </summary>
    async Task RefuseTakenAsync(Plan plan, Schema before, Schema after, CancellationToken ct)
    {
        var made = plan.Start.SelectMany(stage => stage.Steps).OfType<IndexStep>().Select(step => step.Index.Name.Name);
        var hasRawSql = plan.Start.SelectMany(stage => stage.Steps).Concat(plan.Complete).Any(step => step is RawStep);
        string[] tables = hasRawSql ? [] : [.. after.Tables.Select(t => t.Name).Except(before.Tables.Select(t => t.Name))];
        string[] relations = [.. hasRawSql ? made : made.Concat(Relations(after).Except(Relations(before)))];
        var taken = await CanonicalOutput.QueryAsync(session,
            """
            SELECT pg_catalog.pg_describe_object('pg_catalog.pg_class'::regclass, c.oid, 0)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = $1 AND c.relname = ANY ($2)
            UNION ALL
            -- A table's row type bears its name; arrays make way for it.
            SELECT pg_catalog.pg_describe_object('pg_catalog.pg_type'::regclass, t.oid, 0)
            FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
            WHERE n.nspname = $1 AND t.typname = ANY ($3) AND t.typrelid = 0 AND NOT EXISTS (SELECT FROM pg_catalog.pg_type e WHERE e.typarray = t.oid)
            ORDER BY 1
            """, static row => row.GetString(0), ct, options.Schema, (object)relations, (object)tables);
        var versionExists = plan.VersionSchema is { } version
            && await session.HasSchemaAsync(version, ct);
        if (taken.Count > 0 || versionExists)
            throw new PgRollException(ExitReason.NotNow,
                $"The migration makes what exists already: {string.Join(", ", versionExists ? [.. taken, $"schema {plan.VersionSchema}"] : taken)}. Rename one of the two.");
    }

    /// <summary>What shares one namespace: tables, indexes, those of constraints among them, and sequences.</summary>
    static IEnumerable<string> Relations(Schema schema) => schema.Tables.SelectMany(table =>
        table.Constraints.Where(c => c.HasIndex).Select(c => c.Name).Concat(table.Indexes.Select(i => i.Name)).Concat(table.Columns.Select(c => c.OwnSequence).OfType<string>()).Prepend(table.Name));

    static int IndexOf(IReadOnlyList<MigrationFile> files, MigrationFile file) => files.TakeWhile(f => f != file).Count();
}

/// <summary>A rollout about to start.</summary>
/// <param name="Migrations">Its migrations.</param>
/// <param name="Plan">What is to be done.</param>
/// <param name="Obstacle">What keeps pgroll from ending it; null where it may.</param>
/// <param name="Findings">What was found in the migrations, errors aside.</param>
sealed record PlannedRollout(IReadOnlyList<Migration> Migrations, Plan Plan, string? Obstacle, IReadOnlyList<Diagnostic> Findings)
{
    public IReadOnlyList<string> Names => [.. Migrations.Select(m => m.Name)];

    public required Schema Before { get; init; }

    public required Schema After { get; init; }

    /// <summary>What the database's rows and names have against it.</summary>
    public required IReadOnlyList<Diagnostic> Live { get; init; }

    /// <summary>What of it nobody has judged where it stands.</summary>
    public IReadOnlyList<Diagnostic> LiveInForce => Suppressions.Of(Migrations, needsReason: false, new()).Divide(Live).InForce;

    public RolloutRow Row => new(
        [.. Migrations.Select(m => new RolloutMigration(m.Name, MigrationJson.Write(m)))], RolloutPhase.Starting, 0, Plan, Checksum.Of(Migrations), null);
}
