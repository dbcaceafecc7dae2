using PgRoll.Build.Linting;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;

namespace PgRoll.Build.Core.Tests.Linting;

[TestClass]
public sealed class SuppressionTests
{
    const string Invoices = """
        operations:
          - create_table:
              name: invoices
              columns:
                - { name: id, type: bigint, pk: true }
                - { name: note, type: text, nullable: true }
                - { name: mark, type: text, nullable: true }
        """;

    [TestMethod]
    [DataRow("""
        operations:
          # pgroll-disable PGR0402: nobody reads it
          - drop_column: { table: invoices, column: note, down: "''" }
        """, DisplayName = "above an item")]
    [DataRow("""
        operations:
          - drop_column: { table: invoices, column: note, down: "''" } # pgroll-disable PGR0402: nobody reads it
        """, DisplayName = "beside an item")]
    [DataRow("""
        operations:
          - drop_column: # pgroll-disable PGR0402: nobody reads it
              table: invoices
              column: note
              down: "''"
        """, DisplayName = "beside the operation's key")]
    [DataRow("""
        operations:
          - drop_column:
              table: invoices
              # pgroll-disable PGR0402: nobody reads it
              column: note
              down: "''"
        """, DisplayName = "above a key")]
    [DataRow("""
        operations:
          - drop_column:
              table: invoices
              column: note # pgroll-disable PGR0402: nobody reads it
              down: "''"
        """, DisplayName = "beside a key")]
    [DataRow("""
        # Cleaning up.
        # pgroll-disable-file PGR0402: nobody reads it
        operations:
          - drop_column: { table: invoices, column: note, down: "''" }
        """, DisplayName = "for the file")]
    [DataRow("""
        # pgroll-disable PGR0402: nobody reads it
        operations:
          - drop_column: { table: invoices, column: note, down: "''" }
        """, DisplayName = "above the list")]
    [DataRow("""
        { operations: [ # pgroll-disable PGR0402: nobody reads it
            { drop_column: { table: invoices, column: note, down: "''" } } ] }
        """, DisplayName = "in flow style")]
    [DataRow("""
        operations:
          - drop_column: { table: invoices, column: note, down: "''" } # pgroll-disable PGR0402: é, 漢字, 😀
        """, DisplayName = "with a reason in other letters")]
    public void A_comment_suppresses_what_it_stands_above_or_beside(string file)
    {
        var set = Lint(Invoices, file);
        Assert.AreEqual("", Told(set));
        Assert.AreEqual("PGR0402", string.Join(' ', set.Suppressed.Select(s => s.Finding.Rule.Id)));
    }

    [TestMethod]
    [DataRow("""
        operations:
          # pgroll-disable PGR0402: nobody reads it
          - drop_column: { table: invoices, column: note, down: "''" }
          - drop_column: { table: invoices, column: mark, down: "''" }
        """, "4: PGR0402", DisplayName = "the next item")]
    [DataRow("""
        operations:
          - drop_column:
              # pgroll-disable PGR0402: nobody reads it
              table: invoices
              column: note
              down: "''"
        """, "3: PGR0002 5: PGR0402", DisplayName = "another key")]
    [DataRow("""
        operations:
          - drop_column: { table: invoices, column: note, down: "''" }
          # pgroll-disable PGR0402: nobody reads it
        """, "2: PGR0402 3: PGR0001", DisplayName = "what stands before it")]
    [DataRow("""
        operations:
          # pgroll-disable PGR0401: nobody reads it
          - drop_column: { table: invoices, column: note, down: "''" }
        """, "2: PGR0002 3: PGR0402", DisplayName = "another rule")]
    public void It_suppresses_nothing_else(string file, string told) => Assert.AreEqual(told, Told(Lint(Invoices, file)));

    [TestMethod]
    [DataRow("PGR0301, PGR0402: nobody reads it")]
    [DataRow("PGR0402 PGR0301")]
    [DataRow("PGR0301,PGR0402")]
    public void A_comment_may_name_several_rules(string codes) => Assert.AreEqual("", Told(Lint(Invoices, $"""
        operations:
          # pgroll-disable {codes}
          - drop_column: {"{"} table: invoices, column: note {"}"}
        """)));

    [TestMethod]
    [DataRow("pgroll-disable PGR9402: gone", "there is no rule 'PGR9402' (did you mean PGR0402?); a reason goes after a colon")]
    [DataRow("pgroll-disable PGR0402 nobody reads it", "there is no rule 'nobody'; a reason goes after a colon")]
    [DataRow("pgroll-disable drop-column: gone", "there is no rule 'drop-column' (did you mean PGR0402?); a reason goes after a colon")]
    [DataRow("pgroll-disable PGR0402, PGR9402: gone", "there is no rule 'PGR9402' (did you mean PGR0402?); a reason goes after a colon")]
    [DataRow("pgroll-disable: all of it", "it names no rule")]
    [DataRow("pgroll-disable", "it names no rule")]
    [DataRow("pgroll-disable-next-line PGR0402: gone", "'pgroll-disable-next-line' is neither `pgroll-disable` nor `pgroll-disable-file`")]
    [DataRow("pgroll-disable PGR0101: who cares", "PGR0101 cannot be suppressed")]
    [DataRow("pgroll-disable-file PGR0402: gone", "`pgroll-disable-file` belongs among the comments that open the file")]
    public void What_is_wrong_with_it_is_told_and_nothing_suppressed(string comment, string problem)
    {
        var set = Lint(Invoices, $"""
            operations:
              - drop_column:
                  # {comment}
                  table: invoices
                  column: note
                  down: "''"
            """);
        Assert.AreEqual("3: PGR0001 5: PGR0402", Told(set));
        Assert.AreEqual($"Nothing is suppressed here: {problem}.", set.Diagnostics[0].Message);
    }

    [TestMethod]
    [DataRow("PGR0402", false, "")]
    [DataRow("PGR0402", true, "2: PGR0001 3: PGR0402")]
    [DataRow("PGR0402:", true, "2: PGR0001 3: PGR0402")]
    [DataRow("PGR0402: nobody reads it", true, "")]
    public void A_project_may_demand_reasons(string codes, bool needsReasons, string told) => Assert.AreEqual(told, Told(Lint(new LintSettings { NeedsReasons = needsReasons }, Invoices, $"""
        operations:
          # pgroll-disable {codes}
          - drop_column: {"{"} table: invoices, column: note, down: "''" {"}"}
        """)));

    [TestMethod]
    public void The_reason_is_kept() => Assert.AreEqual("nobody reads it: see #12", Lint(Invoices, """
        operations:
          # pgroll-disable PGR0402: nobody reads it: see #12
          - drop_column: { table: invoices, column: note, down: "''" }
        """).Suppressed.Single().Reason);

    [TestMethod]
    [DataRow("""
        operations:
          # pgroll-disable PGR0203: they are two
          - create_table:
              name: invoices
              columns:
                - { name: id, type: bigint, pk: true }
        """, "", DisplayName = "an error of the schema can be suppressed")]
    [DataRow("""
        # pgroll-disable-file PGR0102: as pgroll has it
        operations:
          - drop_column: { table: invoices, columns: note }
        """, "1: PGR0001 3: PGR0102", DisplayName = "one of the notation cannot")]
    public void Not_every_error_can_be_suppressed(string file, string told) => Assert.AreEqual(told, Told(Lint(Invoices, file)));

    [TestMethod]
    [DataRow("""
        -- pgroll-disable PGR0003: makes no table
        DO $$ BEGIN PERFORM 1; END $$;
        """, DisplayName = "before it")]
    [DataRow("""
        DO $$ BEGIN PERFORM 1; END $$; -- pgroll-disable PGR0003: makes no table
        """, DisplayName = "on its line")]
    [DataRow("""
        DO -- pgroll-disable PGR0003: makes no table
          $$ BEGIN PERFORM 1; END $$;
        """, DisplayName = "inside it")]
    [DataRow("""
        /* pgroll-disable PGR0003: makes no table */ DO $$ BEGIN PERFORM 1; END $$;
        """, DisplayName = "in a block comment")]
    [DataRow("""
        SELECT 1;
        -- pgroll-disable PGR0003: makes no table
        -- It only asks.
        DO $$ BEGIN PERFORM 1; END $$;
        """, DisplayName = "before the second statement")]
    [DataRow("""
        SELECT 1; DO $$ BEGIN PERFORM 1; END $$ -- pgroll-disable PGR0003: makes no table
        """, DisplayName = "on the line of the second statement")]
    public void A_comment_in_SQL_is_about_a_statement(string sql) => Assert.AreEqual("", Told(Lint(Sql(sql)), "PGR0003", "PGR0002", "PGR0001"));

    [TestMethod]
    [DataRow("""
        -- pgroll-disable PGR0003: makes no table
        SELECT 1;
        DO $$ BEGIN PERFORM 1; END $$;
        """, "4: PGR0002 6: PGR0003", DisplayName = "before another")]
    [DataRow("""
        DO $$ BEGIN PERFORM 1; END $$;
        -- pgroll-disable PGR0003: makes no table
        """, "4: PGR0003 5: PGR0001", DisplayName = "after it")]
    [DataRow("""
        DO $$ BEGIN
          -- pgroll-disable PGR0003: makes no table
          PERFORM 1;
        END $$;
        """, "4: PGR0003", DisplayName = "in a string")]
    [DataRow("""
        -- pgroll-disable-file PGR0003: makes no table
        DO $$ BEGIN PERFORM 1; END $$;
        """, "4: PGR0001 5: PGR0003", DisplayName = "for the file")]
    public void It_is_about_no_other_statement(string sql, string told) => Assert.AreEqual(told, Told(Lint(Sql(sql)), "PGR0003", "PGR0002", "PGR0001"));

    [TestMethod]
    public void Lines_may_end_as_on_Windows()
    {
        string Windows(string text) => text.ReplaceLineEndings("\r\n");
        Assert.AreEqual("", Told(Lint(Windows(Invoices), Windows("""
            # pgroll-disable-file PGR0301: nobody reads them
            operations:
              # pgroll-disable PGR0402: nobody reads it
              - drop_column: { table: invoices, column: note }
              - drop_column:
                  table: invoices
                  column: mark # pgroll-disable PGR0402
            """))));
        Assert.AreEqual("", Told(Lint(Windows(Sql("""
            -- pgroll-disable PGR0003: makes no table
            DO $$ BEGIN PERFORM 1; END $$;
            """))), "PGR0003", "PGR0002", "PGR0001"));
    }

    [TestMethod]
    public void JSON_has_no_comments()
    {
        var set = MigrationSet.Check(
        [
            new("01_invoices.yaml", Invoices),
            new("02_change.json", """
                { "operations": [ { "drop_column": { "table": "invoices", "column": "note", "down": "'# pgroll-disable PGR0402'" } } ] }
                """),
        ], Schema.Empty("public")).Lint();
        Assert.AreEqual("1: PGR0402", Told(set));
    }

    [TestMethod]
    public void Of_a_file_that_can_be_read_in_part_none_is_called_unused() => Assert.AreEqual("4: PGR0102", Told(Lint(Invoices, """
        operations:
          # pgroll-disable PGR0402: nobody reads it
          - drop_column: { table: invoices, column: note, down: "''" }
          - drop_colum: { table: invoices, column: mark, down: "''" }
        """)));

    [TestMethod]
    public void One_that_says_the_same_twice_is_used_once() => Assert.AreEqual("", Told(Lint(Invoices, """
        # pgroll-disable-file PGR0402: nobody reads them
        operations:
          # pgroll-disable PGR0402: nobody reads it
          - drop_column: { table: invoices, column: note, down: "''" }
        """)));

    [TestMethod]
    public void Unused_ones_can_be_suppressed_for_a_file() => Assert.AreEqual("", Told(Lint("# pgroll-disable-file PGR0602, PGR0002: generated\n" + Invoices)));

    static string Sql(string sql) => $"operations:\n  - sql:\n      up: |\n        {sql.ReplaceLineEndings("\n").Replace("\n", "\n        ", StringComparison.Ordinal)}\n";

    static MigrationSet Lint(params string[] files) => Lint(new LintSettings(), files);

    static MigrationSet Lint(LintSettings settings, params string[] files) =>
        MigrationSet.Check([.. files.Index().Select(file => new MigrationFile($"0{file.Index + 1}_change.yaml", file.Item))], Schema.Empty("public")).Lint(settings);

    /// <summary>What is told of the last file, of these rules alone where some are named.</summary>
    static string Told(MigrationSet set, params string[] only) =>
        string.Join(' ', set.Diagnostics.Where(finding => only.Length == 0 || only.Contains(finding.Rule.Id)).Select(finding => $"{finding.Location.Span.Line}: {finding.Rule.Id}"));
}
