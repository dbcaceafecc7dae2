using PgRoll.Build.Engine.Tests.Lifecycle;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Pgroll;

/// <summary>We end what pgroll started: for every case that pgroll could start.</summary>
[TestClass]
public sealed class TakeoverTests
{
    /// <summary>What pgroll refuses, or cannot start.</summary>
    static readonly HashSet<string> NotPgrolls =
    [
        // generated columns, volatile default without `up`
        "add_column/identity", "add_column/identity_in_place_of_another", "add_column/volatile_default",
        // the name is taken as long as the old one has it
        "drop_column/and_add_again", "drop_column/names_taken_over", "drop_index/and_create_again", "create_constraint/in_place_of_another",
        "rename_constraint/exchanged", "drop_constraint/then_altered", "drop_constraint/after_altered", "rename_constraint/of_copied_columns",
        // of a second operation on a column it ignores the type, and then cannot fill the column
        "add_column/then_altered", "add_column/serial_then_altered", "alter_column/twice",
        // constraints that it does not find by name
        "drop_constraint/primary_key", "drop_multicolumn_constraint/primary_key_moves",
        // a replica identity of a column that may be NULL until complete
        "create_constraint/of_new_table",
        // names that it cuts
        "hostile_names/alter", "hostile_names/constraints", "hostile_names/long_names",
    ];

    /// <summary>What it called otherwise at start, in its final form: names that the server chose while the old ones were taken, or before a rename.</summary>
    static readonly HashSet<string> OtherNames = ["create_table/altered_at_once", "drop_table/and_create_again", "hostile_names/drop_table"];

    /// <summary>The usual run meets some cases in one of four ways: here or in <see cref="HandoverTests"/>, by complete or by rollback.</summary>
    public static IEnumerable<object[]> Completed => Cases(1);

    public static IEnumerable<object[]> RolledBack => Cases(2);

    static IEnumerable<object[]> Cases(int part) =>
        from name in Case.Names
        where !NotPgrolls.Contains(name) && TestDatabase.IsUsual(name, part, of: 16)
        from major in TestDatabase.MajorsFor(name, Case.Load(name).Since)
        select new object[] { name, major };

    [TestMethod]
    [DynamicData(nameof(Completed))]
    public async Task Complete_makes_what_a_start_of_ours_makes(string name, int major)
    {
        var @case = Case.Load(name);
        await using var ours = await Rollout.PrepareBySuperuserAsync(@case, major);
        await ours.ApplyAsync(@case.Change);
        await using var theirs = await StartAsync(@case, major);

        await theirs.Runner.CompleteAsync();

        if (!OtherNames.Contains(name))
            Assert.AreEqual(await BaseSchemaAsync(ours), await BaseSchemaAsync(theirs));
        Assert.IsFalse(PgrollDatabase.WithoutNotNullNames(await theirs.CatalogAsync()).Contains("_pgroll_", StringComparison.Ordinal));
        Assert.AreEqual(await RowsAsync(ours, @case), await RowsAsync(theirs, @case));
        Assert.AreEqual("Complete", (await theirs.Runner.StatusAsync()).State);
    }

    [TestMethod]
    [DynamicData(nameof(RolledBack))]
    public async Task Rollback_restores_the_catalog(string name, int major)
    {
        var @case = Case.Load(name);
        await using var untouched = await Rollout.PrepareBySuperuserAsync(@case, major);
        await using var rollout = await StartAsync(@case, major);

        await rollout.Runner.RollbackAsync();

        Assert.AreEqual(WithoutReplicaIdentity(await untouched.CatalogAsync()), WithoutReplicaIdentity(await rollout.CatalogAsync()));
        Assert.IsFalse(PgrollDatabase.WithoutNotNullNames(await rollout.CatalogAsync()).Contains("_pgroll_", StringComparison.Ordinal));
    }

    internal static async Task<Rollout> StartAsync(Case @case, int major)
    {
        var rollout = await Rollout.PrepareBySuperuserAsync(@case, major);
        await StartAsync(rollout, @case.Change);
        return rollout;
    }

    internal static async Task StartAsync(Rollout rollout, MigrationFile file)
    {
        var schema = await rollout.SchemaAsync(null);
        var migration = MigrationSet.Check([file], schema).Migrations.Single();
        await new PgrollStart(rollout.Database, migration.Name, migration.Version).RunAsync(schema, migration.Operations, MigrationJson.Write(migration));
    }

    /// <summary>pgroll sets it at start, and what it was nobody wrote down.</summary>
    static string WithoutReplicaIdentity(string catalog) => System.Text.RegularExpressions.Regex.Replace(catalog, " replica identity.?\\w?", "");

    /// <summary>The base schema alone: pgroll's views know no order of columns, and stay as it made them. Nor does a column that it copied keep its place.</summary>
    static async Task<string> BaseSchemaAsync(Rollout rollout)
    {
        var versions = (await rollout.Database.QueryAsync("SELECT nspname::text FROM pg_namespace WHERE nspname LIKE 'public\\_%'")).Select(row => (string)row[0]!);
        var dump = await CatalogDump.ReadAsync(rollout.Database.DataSource, ["pgroll", .. versions]);
        return string.Join('\n', PgrollDatabase.WithoutNotNullNames(dump).Split('\n').Select(line => System.Text.RegularExpressions.Regex.Replace(line, "^( +column) \\d+", "$1")).Order(StringComparer.Ordinal));
    }

    /// <summary>What the new version's clients read.</summary>
    static async Task<string> RowsAsync(Rollout rollout, Case @case)
    {
        var last = MigrationSet.Check(@case.Files, Schema.Empty("public")).History[^1];
        var text = new System.Text.StringBuilder();
        foreach (var table in last.After.Tables)
        {
            var columns = string.Join(", ", table.Columns.Where(c => c.Sequence is null && c.Type.Canonical != "timestamp with time zone").Select(c => new SqlText.Ident(c.Name)));
            text.AppendLine(await rollout.Database.ScalarAsync<string>(
                $"SELECT coalesce(string_agg(r::text, E'\\n' ORDER BY r::text), '') FROM (SELECT {columns} FROM {SqlText.QualifiedName.Of(last.Migration.VersionSchema("public"), table.Name)}) AS r"));
        }
        return text.ToString();
    }
}
