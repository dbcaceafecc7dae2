using PgRoll.Build.Diagnostics;
using PgRoll.Build.Documents;
using PgRoll.Build.Model;
using PgRoll.Build.Operations;
using PgRoll.Build.Plans;
using PgRoll.Build.Statements;
using PgRoll.Build.Statements.Replay;

namespace PgRoll.Build.Conversion;

/// <summary>
/// Puts operations and raw SQL into migrations, in order: operations together, raw SQL in migrations of its own. What validation would
/// refuse of an operation is SQL as well, and says why.
/// </summary>
sealed class MigrationBuilder(ConversionContext context, SessionSettings settings)
{
    readonly List<IReadOnlyList<OperationNode>> migrations = [];
    readonly List<OperationNode> operations = [];
    readonly List<(ScriptStatement Statement, string Reason)> raw = [];
    IReadOnlyList<(string, string)> rawSettings = [];

    /// <summary>Renamed indexes, and the operations that come before: complete can rename them as well, and the migration stays one.</summary>
    readonly List<(ScriptStatement Statement, int Position)> renames = [];

    /// <summary>Takes a statement as what it became.</summary>
    public void Add(ScriptStatement statement, Converted converted)
    {
        if (renames.Count > 0 && statement.Value.Source.Tokens.Any(t => renames.Any(r => IndexRename.Of(r.Statement) is var (from, to) && t.Value is { } name && (name == from || name == to))))
            EndOperations();
        if (raw.Count == 0 && IndexRename.Of(statement) is var (index, _) && context.Schema.FindIndexOwner(index) is not null)
        {
            renames.Add((statement, operations.Count));
            return;
        }
        // What follows raw SQL is another rollout.
        var after = raw.Count > 0 ? Settled() : context.Schema;
        if (converted.Reason is null && Refused(converted.Operations, ref after) is { } refusal)
            converted = Converted.Sql(refusal);
        if (converted.Reason is { } reason)
            AddRaw(statement, reason);
        else if (converted.Operations.Count > 0)
        {
            EndRaw();
            context.Schema = after;
            IReadOnlyList<string> notes = [.. statement.Written.SelectMany(written => written.Notes)];
            foreach (var operation in converted.Operations)
            {
                operations.Add(operation with { Notes = notes });
                notes = [];
                if (operation is { Name: "create_table" } && statement.Value is Statements.CreateTable create)
                    context.AddTable(create.Table.Name);
            }
        }
    }

    /// <summary>The migrations so far; the next statement begins another.</summary>
    public IReadOnlyList<IReadOnlyList<OperationNode>> End()
    {
        EndOperations();
        EndRaw();
        IReadOnlyList<IReadOnlyList<OperationNode>> all = [.. migrations];
        migrations.Clear();
        context.ForgetEmptiness();
        return all;
    }

    /// <summary>What validation has against the operations; null for nothing, and then the schema is the one that they make.</summary>
    static string? Refused(IReadOnlyList<OperationNode> nodes, ref Schema schema)
    {
        foreach (var node in nodes)
        {
            var report = new Report();
            var operation = Read(node, report);
            operation?.Validate(schema, report);
            if (report.Diagnostics.FirstOrDefault(d => d.Severity is Severity.Error) is { } error)
                return $"{node.Name} is refused: {error.Message}";
            schema = operation!.Apply(schema);
        }
        return null;
    }

    static Operation? Read(OperationNode node, Report report) =>
        new FieldReader(Placeholder.Filled(node.Body), node.Name, report).Read(OperationCatalog.All[node.Name].Read);

    Schema Settled() => context.Schema.Settled() with { IsPartlyUnknown = true };

    void AddRaw(ScriptStatement statement, string reason)
    {
        EndOperations();
        foreach (var written in statement.Written)
        {
            // What cannot be in a transaction cannot be in one command with others either.
            if (TransactionRules.Leaves(written.Text) || raw.Count == 1 && TransactionRules.Leaves(raw[0].Statement.Text))
                EndRaw();
            if (rawSettings != settings.Kept)
                EndRaw();
            rawSettings = settings.Kept;
            raw.Add((written, reason));
        }
        if (statement.Value is ChangeRows or Truncate or CodeStatement or UnknownStatement || statement.Value is Query query && !KnownNames.CallsNothingElse(query.Source.Tokens))
            context.ForgetEmptiness();
        Replay(statement);
    }

    void EndOperations()
    {
        if (operations.Count == 0 && renames.Count == 0)
            return;
        var isLate = operations.Count > 0 && renames.Count > 0 && renames.All(r => IndexRename.IsSafeAtComplete(r.Statement, context.Schema));
        var from = 0;
        if (isLate)
            operations.Add(OperationNode.Of("sql", ("up", Nodes.Text(string.Join("\n", renames.SelectMany(r => Lines(r.Statement))))), ("onComplete", Nodes.Bool(true))));
        else
            foreach (var (statement, position) in renames)
            {
                EndOperations(from, position);
                rawSettings = settings.Kept;
                raw.Add((statement, "no operation renames an index"));
                from = position;
            }
        EndOperations(from, operations.Count);
        operations.Clear();
        context.Schema = Settled();
        foreach (var (statement, _) in renames)
            Replay(statement);
        renames.Clear();
    }

    void EndOperations(int from, int to)
    {
        if (from == to)
            return;
        EndRaw();
        migrations.Add([.. operations.Skip(from).Take(to - from)]);
    }

    void Replay(ScriptStatement statement)
    {
        if (statement.Value is PrivilegeStatement or AlterTable { Single: SettingAction } or AlterObject { OwnedBy: null } or CreateObject { OwnedBy: null } or ChangeRows or MaintenanceStatement)
            return;
        (var after, _) = SchemaReplay.Apply(context.Schema, [statement.Value]);
        context.Schema = after with { IsPartlyUnknown = true };
    }

    void EndRaw()
    {
        if (raw.Count == 0)
            return;
        IReadOnlyList<string> set = [.. SessionSettings.For(rawSettings, raw.Select(r => r.Statement.Value))];
        var (up, last) = (set.ToList(), "");
        foreach (var (statement, reason) in raw)
        {
            if (reason != last)
                up.Add($"-- {string.Join(" ", reason.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries))}");
            up.AddRange(Lines(statement));
            last = reason;
        }
        var down = Inverse.Of(raw.Select(r => r.Statement));
        migrations.Add([OperationNode.Of("sql",
            ("up", Nodes.Text(string.Join("\n", up))),
            ("down", down is null ? null : Nodes.Text(string.Join("\n", [.. set, .. down]))))]);
        raw.Clear();
    }

    /// <summary>A statement as it is, behind its comments.</summary>
    static IEnumerable<string> Lines(ScriptStatement statement) => statement.Notes.Append($"{statement.Text};").Select(line => line.Replace("\r\n", "\n"));
}
