using System.Globalization;
using Npgsql;
using PgRoll.Build.Engine.Tests.Lifecycle;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;

namespace PgRoll.Build.Engine.Tests.ModelTest;

/// <summary>One story on a server: the rollout by the real runner, the writes by real clients, and after every few the oracle is asked.</summary>
sealed class Play(
    Story story, SqlWriter sql, RunnerOptions options, NpgsqlConnection connection, Func<Manner, string, Task<NpgsqlConnection>> open, string role) : IAsyncDisposable
{
    const int WritesPerLook = 5;

    static readonly Column Marker = new(-1, null, GeneratedNames.Marker, GeneratedNames.Marker, Kind.Bool);

    readonly Migration _migration = story.Migration;
    readonly Dictionary<(Manner, Version), NpgsqlConnection> _connections = [];
    readonly List<string> _unsent = [];
    readonly Queue<Write> _writes = new(story.Writes);
    SqlWriter _sql = sql;
    NpgsqlConnection? _sender;
    bool _isPublished;
    int _batches;

    /// <summary>How many writes were sent; those that an undecidable cell would have refused are not.</summary>
    public int Sent { get; private set; }

    public Oracle Oracle { get; } = new(story.Migration);

    public async Task RunAsync()
    {
        IReadOnlyList<MigrationFile> files = [.. story.Files.Select(f => Yaml.File(f.Name, f.Operations))];
        await ExecuteAsync($"CREATE SCHEMA {_sql.Schema}; GRANT USAGE ON SCHEMA {_sql.Schema} TO {role}", connection);
        var runner = new MigrationRunner(options with { Schema = _sql.Schema, BackfillBatchSize = 1, Progress = new Hook(Progress) });
        await runner.StartAsync([files[0]]);
        await runner.CompleteAsync();
        // Few rows to a block, so that a backfill of few rows has several batches.
        await ExecuteAsync(
            $"""
             ALTER TABLE {_sql.Schema}.t SET (fillfactor = 10);
             GRANT USAGE ON SCHEMA "{_sql.Old}" TO {role};
             GRANT ALL ON {_sql.Schema}.t, "{_sql.Old}".t TO {role};
             GRANT ALL ON ALL SEQUENCES IN SCHEMA {_sql.Schema} TO {role}
             """, connection);
        await WriteAsync(Phase.Before);

        await runner.StartAsync(files);
        foreach (var id in Oracle.Unreached.ToList())
            Oracle.Fill(id);
        if (!_sql.IsActive)
            Begin();
        _isPublished = true;
        await LookAsync();
        await WriteAsync(Phase.Both);

        if (story.IsCompleted)
            await runner.CompleteAsync();
        else
            await runner.RollbackAsync();
        _sql = _sql with { IsActive = false };
        Oracle.End(story.IsCompleted);
        await LookAsync();
        await WriteAsync(Phase.After);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var other in _connections.Values)
            await other.DisposeAsync();
        await connection.DisposeAsync();
    }

    /// <summary>The runner waits while clients write between two batches of its backfill.</summary>
    void Progress(RunnerProgress progress)
    {
        if (progress is StepBegins { Why: "the rows of 't' that are there already" } && !_sql.IsActive)
        {
            Begin();
            Wait(Phase.Unfilled);
        }
        else if (progress is BackfillAdvanced && _sql.IsActive && !_isPublished && ++_batches <= 2)
            Wait(_batches == 1 ? Phase.OneBatch : Phase.TwoBatches);
    }

    void Wait(Phase phase) => Task.Run(async () =>
    {
        await LookAsync();
        await WriteAsync(phase);
    }).GetAwaiter().GetResult();

    void Begin()
    {
        _sql = _sql with { IsActive = true };
        Oracle.Start();
    }

    async Task WriteAsync(Phase phase)
    {
        while (_writes.TryPeek(out var next) && next.Phase <= phase)
        {
            for (var i = 0; i < WritesPerLook && _writes.TryPeek(out next) && next.Phase <= phase; i++)
            {
                var write = _writes.Dequeue();
                if (!Oracle.Apply(write))
                    continue;
                await SendAsync(write);
                Sent++;
            }
            await SendAsync();
            await LookAsync();
        }
    }

    /// <summary>Statements of one connection go together, until another's turn comes.</summary>
    async Task SendAsync(Write write)
    {
        var client = await ConnectAsync(write.Client);
        var copy = write.Statement as Insert is { Form: Form.Copy } insert ? insert : null;
        if (client != _sender || copy is not null)
            await SendAsync();
        _sender = client;
        if (_sql.SetPath(write.Client) is { } path)
            _unsent.Add(path);
        if (copy is null)
        {
            _unsent.AddRange(_sql.Commands(write));
            return;
        }
        await SendAsync();
        await using var rows = await client.BeginTextImportAsync(_sql.Commands(write)[0]);
        await rows.WriteAsync(SqlWriter.CopyRows(copy));
    }

    async Task SendAsync()
    {
        if (_unsent.Count == 0)
            return;
        await using var batch = new NpgsqlBatch(_sender);
        foreach (var command in _unsent)
            batch.BatchCommands.Add(new(command));
        _unsent.Clear();
        await batch.ExecuteNonQueryAsync();
    }

    async Task<NpgsqlConnection> ConnectAsync(Client client)
    {
        if (_sql.SetPath(client) is not null)
            return connection;
        if (!_connections.TryGetValue((client.Manner, client.Path), out var other))
            _connections[(client.Manner, client.Path)] = other = await open(client.Manner, _sql.SchemaOf(client.Path));
        return other;
    }

    /// <summary>Whether every version, the table and the markers are as the oracle says.</summary>
    async Task LookAsync()
    {
        if (!_sql.IsActive)
        {
            var version = _isPublished && story.IsCompleted ? Version.New : Version.Old;
            await LookAsync((version, version == Version.New ? _migration.After.Columns : _migration.Before.Columns));
        }
        else
            await LookAsync(
            [
                .. _migration.IsSynced ? [(Version.Base, [_migration.Before.Id, Marker])] : (IEnumerable<(Version, IReadOnlyList<Column>)>)[],
                (Version.Base, [.. _migration.Before.Columns, .. _migration.NewOnly]),
                (Version.Old, _migration.Before.Columns),
                .. _isPublished ? [(Version.New, _migration.After.Columns)] : (IEnumerable<(Version, IReadOnlyList<Column>)>)[],
            ]);
    }

    async Task LookAsync(params IReadOnlyList<(Version Version, IReadOnlyList<Column> Columns)> looks)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var (version, columns) in looks)
            batch.BatchCommands.Add(new(
                $"SELECT {string.Join(", ", columns.Select(c => $"\"{(version == Version.Base ? c.Physical : c.Name)}\"::text"))} FROM \"{_sql.SchemaOf(version)}\".t ORDER BY t.id"));
        await using var reader = await batch.ExecuteReaderAsync();
        foreach (var (version, columns) in looks)
        {
            List<string?[]> rows = [];
            while (await reader.ReadAsync())
                rows.Add([.. Enumerable.Range(0, columns.Count).Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))]);
            if (columns is [_, { } last] && last == Marker)
                CompareMarkers(rows.Where(row => row[1] == "true").Select(row => int.Parse(row[0]!, CultureInfo.InvariantCulture)).ToHashSet());
            else
                Compare(version, columns, rows);
            await reader.NextResultAsync();
        }
    }

    void CompareMarkers(HashSet<int> marked)
    {
        // How far the backfill is by now, the oracle cannot know.
        if (!_isPublished)
            foreach (var id in Oracle.Unreached.Where(id => !marked.Contains(id)).ToList())
                Oracle.Fill(id);
        if (!marked.SetEquals(Oracle.Unreached))
            throw new ModelException($"Marked as not filled are the rows {string.Join(", ", marked.Order())}, and should be {string.Join(", ", Oracle.Unreached)}.");
    }

    void Compare(Version version, IReadOnlyList<Column> columns, List<string?[]> actual)
    {
        var expected = Oracle.Read(columns);
        if (expected.Count != actual.Count)
            throw new ModelException($"{version} has {actual.Count} rows, and should have {expected.Count}.");
        foreach (var (should, does) in expected.Zip(actual))
            foreach (var (column, value, found) in columns.Zip(should, does))
                if (value is Drawn { Known: null } drawn && found is not null)
                    drawn.Known = found;
                else if ((value is Drawn known ? known.Known : value as string) != found || value is Drawn { Known: null })
                    throw new ModelException(
                        $"{version} reads {found ?? "NULL"} in '{column.Name}' of row {does[0]}, and should read {(value is Drawn d ? d.Known ?? "a number" : value ?? "NULL")}.");
        for (var i = 0; i < columns.Count; i++)
            if (columns[i].IsNumbered && actual.Select(row => row[i]).OfType<string>().ToList() is var numbers && numbers.Distinct().Count() < numbers.Count)
                throw new ModelException($"{version} has a number twice in '{columns[i].Name}'.");
    }

    static async Task ExecuteAsync(string text, NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync();
    }

    sealed class Hook(Action<RunnerProgress> action) : IProgress<RunnerProgress>
    {
        public void Report(RunnerProgress value) => action(value);
    }
}
