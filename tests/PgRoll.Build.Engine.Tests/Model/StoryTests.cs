namespace PgRoll.Build.Engine.Tests.ModelTest;

/// <summary>The stories that every run plays leave nothing out.</summary>
[TestClass]
public sealed class StoryTests
{
    const int Fewest = 3;

    static readonly IReadOnlyList<Story> stories = [.. Enumerable.Range(0, ModelTests.FewestStories).Select(Story.Draw)];

    static readonly IReadOnlyList<(string What, Func<Story, bool> IsIn)> migrations =
    [
        .. ((string[])
        [
            "add_column", "alter_column", "drop_column", "rename_column", "create_constraint", "drop_constraint", "drop_multicolumn_constraint",
            "type: serial", "identity: {}", "unique: true", "type: unique", "type: check", "check: {", "nullable: true, up", "nullable: true, down", "nullable: false, up",
            "default: null", "random()", "now()", "split_part", "|| ' ' ||", "swapped", "type: json", "type: boolean", "type: numeric", "type: varchar(40)", "type: bigint",
        ]).Select(text => (text, new Func<Story, bool>(s => s.Files.Skip(1).Any(f => f.Operations.Replace("''", "'", StringComparison.Ordinal).Contains(text, StringComparison.Ordinal))))),
        ("a generated input", s => s.Migration.Before.Columns.Any(c => c.Generated is { } g && s.Migration.Ups.Concat(s.Migration.Downs).Any(x => x.Watched.Contains(g.Cell)))),
        ("several files", s => s.Migration.Files.Count > 1),
        ("a chain of four", s => s.Migration.Files.Sum(f => f.Count) >= 4),
        ("two altered columns", s => Changes<Altered>(s).Sum(a => a.Columns.Count) > 1),
        ("one column altered twice", s => Changes<Altered>(s).SelectMany(a => a.Columns).GroupBy(c => c.After.Physical).Any(g => g.Count() > 1)),
        ("an altered and an added column", s => Changes<Altered>(s).Any() && Changes<Added>(s).Any()),
        ("an added column altered", s => Changes<Altered>(s).Any(a => a.Columns.Any(c => c.After.Root is null))),
        ("the key altered", s => s.Migration.NewOnly.Any(c => c.IsId)),
        ("drop with down", s => Changes<Dropped>(s).Any(d => d.Value is not null)),
        ("drop without down", s => Changes<Dropped>(s).Any(d => d.Value is null)),
        ("add with up and default", s => Changes<Added>(s).Any(a => a is { Value: not null, Column.Default: not null })),
        ("a name dropped and added", s => Changes<Dropped>(s).Any(d => Changes<Added>(s).Any(a => a.Column.Name == d.Column.Name))),
        ("a default changed after its column was added", s => Changes<DefaultChanged>(s).Any(d => d.After.Root is null && s.Migration.Ups.Any(up => up.IsPlain))),
        ("completed", s => s.IsCompleted),
        ("rolled back", s => !s.IsCompleted),
    ];

    static readonly IReadOnlyList<(string What, Func<Write, bool> IsIn)> writes =
    [
        .. from speaks in Enum.GetValues<Version>()
           from path in Enum.GetValues<Version>()
           from manner in Enum.GetValues<Manner>()
           select ($"{speaks} through {path}, {manner}", new Func<Write, bool>(w => w.Phase == Phase.Both && w.Client == new Client(speaks, path, manner))),
        .. from phase in Enum.GetValues<Phase>()
           from what in (Type[])[typeof(Insert), typeof(Update), typeof(Delete)]
           select ($"{what.Name} {phase}", new Func<Write, bool>(w => w.Phase == phase && w.Statement.GetType() == what)),
        .. from form in Enum.GetValues<Form>()
           select ($"{form}", new Func<Write, bool>(w => w.Statement.Form == form)),
        .. from given in (Type[])[typeof(Given.Literal), typeof(Given.Default), typeof(Given.Same)]
           from speaks in Enum.GetValues<Version>()
           select ($"{speaks} sets {given.Name}", new Func<Write, bool>(w => w.Client.Speaks == speaks && w.Statement is Update update && update.Set.Any(s => s.Value.GetType() == given))),
        ("upsert", w => w.Statement is Insert { OnConflict: not null }),
        ("rows", w => w.Statement is Insert { Rows.Count: > 1 }),
        ("several rows updated", w => w.Statement is Update { Ids.Count: > 1 }),
        ("NULL", w => w.Statement is Update update && update.Set.Any(s => s.Value is Given.Literal { Value: null })),
    ];

    [TestMethod]
    public void Migrations_of_every_sort_are_among_them() =>
        Assert.AreEqual("", Rare(migrations.Select(m => (m.What, stories.Count(m.IsIn)))));

    [TestMethod]
    public void Writes_of_every_sort_are_among_them()
    {
        IReadOnlyList<Write> all = [.. stories.SelectMany(s => s.Writes)];
        Assert.IsGreaterThanOrEqualTo(10_000, all.Count);
        Assert.AreEqual("", Rare(writes.Select(w => (w.What, all.Count(w.IsIn)))));
    }

    static string Rare(IEnumerable<(string What, int Times)> all) => string.Join(", ", all.Where(a => a.Times < Fewest).Select(a => $"{a.What}: {a.Times}"));

    static IEnumerable<T> Changes<T>(Story story) where T : Change => story.Migration.Files.SelectMany(f => f).OfType<T>();
}
