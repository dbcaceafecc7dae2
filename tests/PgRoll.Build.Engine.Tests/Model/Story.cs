using System.Text;

namespace PgRoll.Build.Engine.Tests.ModelTest;

/// <summary>A table, what happens to it, and what is written meanwhile: all of it drawn from a seed.</summary>
sealed record Story(int Seed, Migration Migration, bool IsCompleted, IReadOnlyList<Write> Writes)
{
    const string Table = "01_table";

    public static Story Draw(int seed)
    {
        var random = new Random(seed);
        var drawer = new MigrationDrawer(random);
        var table = drawer.Table();
        var migration = new Migration(table, drawer.Files(table));
        var isCompleted = random.Next(3) > 0;
        return new(seed, migration, isCompleted, new WriteDrawer(random, migration, isCompleted).Draw());
    }

    /// <summary>The files, the table's first. Half of the rollouts have a version that must be quoted.</summary>
    public IReadOnlyList<(string Name, string Operations)> Files =>
    [
        (Table, $"- {MigrationDrawer.Create(Migration.Before)}"),
        .. Migration.Files.Select((file, i) => ($"0{i + 2}{(Seed % 2 == 0 ? "_change" : "-Change")}", string.Join('\n', file.Select(change => $"- {change.Yaml}")))),
    ];

    public SqlWriter Sql(string schema, bool isActive) => new(schema, $"{schema}_{Table}", $"{schema}_{Files[^1].Name}", isActive);

    /// <summary>The story as one reads it.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        foreach (var (name, operations) in Files)
            text.AppendLine($"{name}.yaml").AppendLine(operations);
        foreach (var phase in Writes.GroupBy(w => w.Phase))
        {
            text.AppendLine($"-- {phase.Key}{(phase.Key == Phase.After ? IsCompleted ? " complete" : " rollback" : "")}");
            var sql = Sql("public", phase.Key is not Phase.Before and not Phase.After);
            foreach (var write in phase)
            {
                text.AppendLine($"-- speaks {write.Client.Speaks}, path {write.Client.Path} ({write.Client.Manner}), {write.Statement.Form}");
                foreach (var command in (string?[])[sql.SetPath(write.Client), .. sql.Commands(write)])
                    if (command is not null)
                        text.AppendLine($"{command};");
                if (write.Statement is Insert { Form: Form.Copy } copy)
                    text.Append(SqlWriter.CopyRows(copy));
            }
        }
        return text.ToString();
    }
}
