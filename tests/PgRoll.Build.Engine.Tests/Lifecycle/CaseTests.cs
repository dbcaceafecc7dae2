using PgRoll.Build.Model;
using PgRoll.Build.Plans;
using PgRoll.Build.SqlText;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Engine.Tests.Lifecycle;

/// <summary>Every case goes the whole way on a real server: start, rollback, start again, complete.</summary>
[TestClass]
public sealed class CaseTests
{
    /// <summary>The usual run meets a case in one way at most: some here, others with pgroll at one of the ends.</summary>
    public static IEnumerable<object[]> Cases =>
        from name in Case.Names
        where TestDatabase.IsUsual(name, 0, of: 9)
        from major in TestDatabase.MajorsFor(name, Case.Load(name).Since)
        select new object[] { name, major };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public async Task Rollback_restores_the_catalog_and_complete_makes_the_replayed_schema(string name, int major)
    {
        var @case = Case.Load(name);
        await using var rollout = await Rollout.PrepareAsync(@case, major);
        var catalog = await rollout.CatalogAsync();
        var rows = await RowsAsync(rollout);

        await rollout.Runner.StartAsync([@case.Change]);
        await AssertBothVersionsAreReadAsync(rollout, @case);
        await rollout.Runner.RollbackAsync();

        Assert.AreEqual(catalog, await rollout.CatalogAsync());
        Assert.AreEqual(rows, await RowsAsync(rollout));

        await rollout.Runner.StartAsync([@case.Change]);
        await rollout.Runner.CompleteAsync();

        await AssertSchemaIsTheReplayedOneAsync(rollout, @case, major);
        Assert.IsFalse((await rollout.CatalogAsync()).Contains("_pgroll_", StringComparison.Ordinal), await rollout.CatalogAsync());
    }

    static async Task AssertBothVersionsAreReadAsync(Rollout rollout, Case @case)
    {
        var set = MigrationSet.Check(@case.Files, Schema.Empty("public"));
        foreach (var entry in set.History.TakeLast(2))
            foreach (var table in entry.After.Tables)
                await rollout.Database.ExecuteAsync($"SELECT {string.Join(", ", table.Columns.Select(c => new Ident(c.Name)))} FROM {QualifiedName.Of(entry.Migration.VersionSchema("public"), table.Name)}");
    }

    /// <summary>The replayed schema is made on a server too, by a role of the same kind, so that both are spelt by the server.</summary>
    static async Task AssertSchemaIsTheReplayedOneAsync(Rollout rollout, Case @case, int major)
    {
        var last = MigrationSet.Check(@case.Files, Schema.Empty("public")).History[^1];
        if (last.After.IsPartlyUnknown)
            return;
        await using var replayed = await TestDatabase.CreateAsync(major);
        await using var owner = await TestRole.CreateOwnerAsync(replayed);
        await owner.ExecuteAsync($"{SchemaScript.Write(last.After)};");

        Assert.AreEqual(
            SchemaText.Of(Sorted(await Rollout.ReadSchemaAsync(new(owner.ConnectionString), null))),
            SchemaText.Of(Sorted(await rollout.SchemaAsync(last.Migration.VersionSchema("public")))));
    }

    /// <summary>
    /// Without the order in which things came to be: a copied column is younger than its neighbours. Nor with the names of NOT NULL, which
    /// are made of the names that table and column had at the time.
    /// </summary>
    static Schema Sorted(Schema schema) => schema with
    {
        Tables =
        [
            .. schema.Tables.OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => t with
            {
                Columns = [.. t.Columns.Select(c => c with { NotNull = null })],
                Constraints = [.. t.Constraints.OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => c is CheckConstraint ? c with { Columns = [.. c.Columns.Order(StringComparer.Ordinal)] } : c)],
                Indexes = [.. t.Indexes.OrderBy(i => i.Name, StringComparer.Ordinal).Select(i => i with { Columns = [.. i.Columns.Order(StringComparer.Ordinal)] })],
            }),
        ],
    };

    /// <summary>The rows of every table, as text in a stable order.</summary>
    static async Task<string> RowsAsync(Rollout rollout)
    {
        var text = new System.Text.StringBuilder();
        foreach (var table in (await rollout.SchemaAsync(null)).Tables)
        {
            var name = QualifiedName.Of("public", table.Name);
            text.AppendLine(await rollout.Database.ScalarAsync<string>($"SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') FROM {name} AS t"));
        }
        return text.ToString();
    }
}
