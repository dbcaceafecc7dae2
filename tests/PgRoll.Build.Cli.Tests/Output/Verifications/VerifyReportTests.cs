using PgRoll.Build.Cli.Output.Findings;
using PgRoll.Build.Cli.Output.Verifications;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Engine.Verification;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Cli.Tests.Output.Verifications;

[TestClass]
public sealed class VerifyReportTests
{
    static readonly IReadOnlyList<MigrationFile> Files =
    [
        new("/migrations/01_users.yaml", MigrationFolder.CreateUsers),
        new("/migrations/02_name.yaml",
            """
            operations:
              - alter_column:
                  table: users
                  column: name
                  nullable: false
                  up: coalesce(name, 'none')
                  down: name # pgroll-disable PGR1010: nobody asks
            """),
        new("/migrations/03_people.yaml", MigrationFolder.RenameUsers),
    ];

    [TestMethod]
    [DataRow("text", "txt")]
    [DataRow("markdown", "md")]
    [DataRow("json", "json")]
    public void A_report_tells_of_each_rollout_and_of_what_was_found(string format, string extension) =>
        Golden.AssertMatches(VerifyFormat.Write(format, Proved(On(15), On(17, more: Found("PGR1010", 7, 1, "on 17 only", "operations[0].alter_column.up")))) + "\n", $"report.verified.{extension}");

    [TestMethod]
    public void Services_get_the_findings_alone()
    {
        var result = Proved(On(17));
        foreach (var format in FindingsFormat.All.Where(format => format.Name is not ("text" or "markdown" or "json")))
            Assert.AreEqual(format.Write(result.Findings), VerifyFormat.Write(format.Name, result), format.Name);
    }

    [TestMethod]
    public void What_several_servers_and_rollouts_find_is_told_once_and_where_it_was_found_if_not_everywhere()
    {
        var result = Proved(On(15), On(17, more: Found("PGR1010", 3, 5, "on 17 only", "operations[0].alter_column.up")));

        CollectionAssert.AreEqual(
            new[] { "PGR1010 On PostgreSQL 17: on 17 only", "PGR1004 rows of users do not fit" },
            result.Findings.Findings.Select(finding => $"{finding.Rule.Id} {finding.Message}").ToArray());
        Assert.ContainsSingle(result.Findings.Suppressed);
        Assert.AreEqual("2 migrations, 2 errors, 0 warnings, 0 info, 1 suppressed.", result.Findings.Summary());
    }

    [TestMethod]
    public void The_gravest_of_what_is_found_at_one_place_counts()
    {
        var grave = Found("PGR1010", 3, 5, "grave", "operations[0].alter_column.up");

        var result = Proved(On(15, grave with { Severity = Severity.Warning, Message = "light" }, grave), On(17, grave with { Severity = Severity.Warning }));

        Assert.AreEqual("Error grave", string.Join(", ", result.Findings.Findings.Where(f => f.Rule == grave.Rule).Select(f => $"{f.Severity} {f.Message}")));
    }

    [TestMethod]
    public void Severities_are_those_of_the_settings_beside_the_migrations()
    {
        using var folder = new MigrationFolder().With(".editorconfig", "root = true\n[*.yaml]\ndotnet_diagnostic.PGR1004.severity = suggestion\n").With("02_name.yaml", Files[1].Text);
        var file = MigrationFile.Read(folder["02_name.yaml"]);
        var finding = Found("PGR1004", 4, 15, "rows of users do not fit", "operations[0].alter_column.column");
        var rollout = new ProvedRollout(["02_name"], Schema.Empty("public"), Schema.Empty("public")) { Findings = [finding with { Location = finding.Location with { File = file.Path } }] };

        var result = VerifyResult.Of([file], new HashSet<string> { "02_name" }, "public", [new(17, "17.0", [rollout]) { Findings = rollout.Findings }]);

        Assert.AreEqual(Severity.Info, result.Findings.Findings.Single().Severity);
        Assert.ContainsSingle(result.Of(rollout));
    }

    [TestMethod]
    public async Task Progress_is_a_line_for_each_rollout()
    {
        var output = new StringWriter { NewLine = "\n" };
        await new VerifyDisplay(output, canDraw: false).RunAsync(new HashSet<string> { "04_b", "05_c" }, progress =>
        {
            foreach (var happened in (VerifierProgress[])[new PrefixReused("01_users"), new HistoryReplayed(["02_name", "03_a", "04_b"]), new HistoryReplayed(["05_c"]), .. On(17).Rollouts.Select(rollout => new RolloutProved(rollout))])
                progress.Report(happened);
            return Task.FromResult(true);
        });
        Assert.AreEqual(
            """
            The history up to 01_users is there from an earlier run.
            Replayed 3 migrations, 02_name to 04_b.
            02_name: PGR1004, PGR1010.
            03_people: proved.
            02_name, 03_people as one rollout: PGR1004.

            """, output.ToString());
    }

    static VerifyResult Proved(params IReadOnlyList<Verification> servers) => VerifyResult.Of(Files, new HashSet<string> { "02_name", "03_people" }, "public", servers);

    static Verification On(int major, params IEnumerable<Diagnostic> more)
    {
        var history = MigrationSet.Check(Files, Schema.Empty("public")).History;
        var misfit = Found("PGR1004", 4, 7, "rows of users do not fit", "operations[0].alter_column.column");
        var judged = Found("PGR1010", 7, 7, "suppressed where it stands", "operations[0].alter_column.down");
        return new(major, $"{major}.4",
        [
            new(["02_name"], history[1].Before, history[1].After)
            {
                Phases =
                [
                    new("start", Milliseconds(1310), [new("public.users", "ACCESS EXCLUSIVE", true), new("public.a|b", "SHARE", false)], [new("the column 'name' of the new version", Milliseconds(12))]),
                    new("rollback", Milliseconds(12), [new("public.users", "ACCESS EXCLUSIVE", true)], []),
                    new("complete", Milliseconds(41.2), [], []),
                ],
                Tables = [new("users", 37, 3), new("orders", 40, 0)],
                Growth = [new(10_000, Milliseconds(210), Milliseconds(15)), new(100_000, Milliseconds(2100), Milliseconds(17))],
                Findings = [misfit, judged, .. more],
            },
            new(["03_people"], history[2].Before, history[2].After) { Phases = [new("start", Milliseconds(90), [], [])] },
            new(["02_name", "03_people"], history[1].Before, history[2].After) { Findings = [misfit with { Message = "the same with another row" }] },
        ])
        { Findings = [misfit, .. more], Suppressed = [new(judged, "nobody asks")], Elapsed = Milliseconds(4210), ReusedPrefix = major == 17 ? "01_users" : null };
    }

    static TimeSpan Milliseconds(double value) => TimeSpan.FromMilliseconds(value);

    static Diagnostic Found(string rule, int line, int column, string message, string path) =>
        new(RuleCatalog.Find(rule)!, RuleCatalog.Find(rule)!.Severity, message, new("/migrations/02_name.yaml", path, new(line, column, line, column + 4)));
}
