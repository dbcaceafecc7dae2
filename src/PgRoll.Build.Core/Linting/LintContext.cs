using PgRoll.Build.Diagnostics;
using PgRoll.Build.Linting.Names;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Operations;
using PgRoll.Build.Statements;
using PgRoll.Build.Statements.Effects;
using PgRoll.Build.Statements.Replay;

namespace PgRoll.Build.Linting;

/// <summary>A migration as the rules see it: what it does, and the schemas around it.</summary>
sealed class LintContext
{
    readonly Report report;
    readonly NewTables newTables;
    Dictionary<int, Schema>? schemas;

    /// <param name="entry">The migration.</param>
    /// <param name="isFirst">Whether no other is before it.</param>
    /// <param name="versionSchemas">The version schemas of all migrations up to this one.</param>
    /// <param name="outlook">What comes after it.</param>
    /// <param name="names">The names that expressions may call.</param>
    /// <param name="report">Takes what is found.</param>
    public LintContext(HistoryEntry entry, bool isFirst, IReadOnlyCollection<string> versionSchemas, Outlook outlook, ReachableNames names, Report report)
    {
        VersionSchemas = versionSchemas;
        (Migration, Before, After) = entry;
        this.report = report.For(Migration.Document);
        Operations = [.. Replay()];
        Mappings = [.. Operations.SelectMany(Mapping.Of)];
        Columns = [.. Operations.SelectMany(DeclaredColumn.Of)];
        Outlook = outlook;
        Names = names;
        Statements = [.. RawSql.StatementsOf(Operations, Before.Name)];
        IsBaseline = isFirst && Migration.Operations.All(operation => operation is RawSqlOperation { OnComplete: false });
        newTables = new(Before, Operations, Statements);
    }

    /// <summary>The migration.</summary>
    public Migration Migration { get; }

    /// <summary>The schema before it.</summary>
    public Schema Before { get; }

    /// <summary>The schema after it, as the rollout knows it.</summary>
    public Schema After { get; }

    /// <summary>What it does, in order.</summary>
    public IReadOnlyList<LintedOperation> Operations { get; }

    /// <summary>How its operations compute the columns of one version from those of the other.</summary>
    public IReadOnlyList<Mapping> Mappings { get; }

    /// <summary>The columns that its operations make, or give another type.</summary>
    public IReadOnlyList<DeclaredColumn> Columns { get; }

    /// <summary>What becomes of it in the migrations after it.</summary>
    public Outlook Outlook { get; }

    /// <summary>The functions and types that are there.</summary>
    public ReachableNames Names { get; }

    /// <summary>The statements of its raw SQL, those for rollback among them, in the order of the file.</summary>
    public IReadOnlyList<LintedStatement> Statements { get; }

    /// <summary>Whether it is SQL that everything else begins with: nothing was there before it.</summary>
    public bool IsBaseline { get; }

    /// <summary>The version schemas of all migrations up to this one.</summary>
    public IReadOnlyCollection<string> VersionSchemas { get; }

    /// <summary>The operations of one kind.</summary>
    public IEnumerable<Linted<T>> All<T>() where T : Operation =>
        from place in Operations
        where place.Operation is T
        select new Linted<T>((T)place.Operation, place);

    /// <summary>The statements of one kind that start or complete runs.</summary>
    public IEnumerable<(T Statement, LintedStatement Place)> Runs<T>() where T : Statement =>
        from place in Statements
        where !place.IsDown && place.Statement is T
        select ((T)place.Statement, place);

    /// <summary>
    /// Whether the migration itself made the table before that statement, or it lives no longer than a session: then nobody else uses it.
    /// </summary>
    public bool IsNew(ObjectName table, LintedStatement at) => newTables.Has(table, at);

    /// <summary>Whether clients may use the table while that statement runs: it was there before the migration.</summary>
    public bool IsInUse(ObjectName table, LintedStatement at) => !IsBaseline && table.Schema is not "pg_temp" && !IsNew(table, at);

    /// <summary>A table that versions show, as it was before the migration; null if nothing is known of it.</summary>
    public Table? Find(ObjectName table, LintedStatement at) => at.SchemaOf(table) == Before.Name && IsInUse(table, at) ? Before.Find(table.Name) : null;

    /// <summary>The schema before a statement that start or complete runs, as the statements before it made it.</summary>
    public Schema SchemaBefore(LintedStatement at) => (schemas ??= SchemasBefore())[at.Order];

    Dictionary<int, Schema> SchemasBefore()
    {
        IReadOnlyList<LintedStatement> runs = [.. Statements.Where(place => !place.IsDown)];
        return SchemaReplay.Before(Before.Settled(), runs.Select(place => place.Statement)).Zip(runs, (schema, place) => (schema, place.Order)).ToDictionary(s => s.Order, s => s.schema);
    }

    /// <summary>What an action does with the rows of its table.</summary>
    public TableWork WorkOf(AlterTable alter, TableAction action, LintedStatement at) =>
        StatementEffects.WorkOf(alter.Target with { Schema = at.SchemaOf(alter.Target) }, action, SchemaBefore(at));

    /// <summary>Reports at a field of an operation; "" for the operation.</summary>
    public void Add(Rule rule, LintedOperation at, string field, params object[] arguments) => report.At(at.Path).Add(rule, field, arguments);

    /// <summary>Reports at the words of a statement.</summary>
    public void Add(Rule rule, LintedStatement at, SqlSpan words, params object[] arguments) =>
        report.At(at.Path).Add(rule, Migration.Document.Locate(at.Path, words.Start, words.Length), arguments);

    /// <summary>Reports at words of an expression.</summary>
    /// <param name="rule">What is found.</param>
    /// <param name="at">The operation.</param>
    /// <param name="field">The field whose text is the expression.</param>
    /// <param name="words">Where in the text.</param>
    /// <param name="arguments">The message's arguments.</param>
    public void Add(Rule rule, LintedOperation at, string field, SqlSpan words, params object[] arguments)
    {
        var path = $"{at.Path}.{field}";
        report.At(path).Add(rule, Migration.Document.Locate(path, words.Start, words.Length), arguments);
    }

    IEnumerable<LintedOperation> Replay()
    {
        var schema = Before;
        for (var i = 0; i < Migration.Operations.Count; i++)
        {
            var before = schema;
            schema = Migration.Operations[i].Apply(schema);
            yield return new(Migration.Operations[i], Migration.Places[i], before, schema);
        }
    }
}
