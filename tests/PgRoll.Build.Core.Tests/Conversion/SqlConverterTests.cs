using System.Text;
using PgRoll.Build.Conversion;
using PgRoll.Build.Diagnostics;
using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Operations;
using PgRoll.Build.Statements;
using PgRoll.Build.Testing;

namespace PgRoll.Build.Core.Tests.Conversion;

/// <summary>What SQL becomes. A case is a script; beside it are its migrations, and what is said about the rest.</summary>
[TestClass]
public sealed class SqlConverterTests
{
    static string Folder => Repository.Combine("tests", "PgRoll.Build.Core.Tests", "Conversion", "Cases");

    public static IEnumerable<string> Cases => Directory.EnumerateFiles(Folder, "*.sql").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void A_script_becomes_its_migrations(string name)
    {
        var conversion = Convert(name);

        var text = new StringBuilder();
        foreach (var remark in conversion.Remarks)
            text.Append($"# {remark.Line}: {remark.Text}\n");
        foreach (var migration in conversion.Migrations)
            text.Append($"--- # {migration.Name}\n{migration.Yaml}");
        Golden.AssertMatches(text.ToString(), $"Cases/{name}.verified.yaml");
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Validation_has_nothing_against_it_but_its_placeholders(string name)
    {
        var conversion = Convert(name);

        var errors = Errors(conversion);

        Assert.AreEqual("", string.Join('\n', errors.Where(error => !IsPlaceholder(error))));
        Assert.HasCount(conversion.Migrations.Sum(migration => migration.Yaml.Split("TODO: ").Length - 1), errors);
    }

    [TestMethod]
    public void A_placeholder_is_refused_where_it_stands()
    {
        var file = new MigrationFile("01_a.yaml",
            """
            operations:
              - create_constraint:
                  table: t
                  name: c
                  type: unique
                  columns: [a]
                  up: { a: "TODO: Implement SQL data migration" }
                  down: { a: a }
            """);

        var finding = MigrationSet.Check([file], Schema.Empty("public") with { IsPartlyUnknown = true }).Diagnostics.Single();

        Assert.AreSame(ReferenceRules.NotAnExpression, finding.Rule);
        Assert.AreEqual(7, finding.Location.Span.Line);
        Assert.AreEqual("`up.a` is not one scalar expression: it is the placeholder 'TODO: Implement SQL data migration': write the expression in its place.", finding.Message);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("-- nothing\n")]
    [DataRow("BEGIN; COMMIT")]
    public void Nothing_makes_no_migration(string sql) => Assert.IsEmpty(SqlConverter.Convert(sql, "01_a", Schema.Empty("public")).Migrations);

    [SampledTestMethod(of: 6)]
    [DynamicData(nameof(Cases))]
    public void A_script_that_breaks_off_or_lacks_words_is_converted_or_refused(string name)
    {
        var sql = File.ReadAllText(Path.Combine(Folder, $"{name}.sql"));
        var words = sql.Split(' ');
        IEnumerable<string> broken =
        [
            .. Enumerable.Range(0, sql.Length).Where(i => i % 97 == 0).Select(i => sql[..i]),
            .. Enumerable.Range(0, words.Length).Where(i => i % 29 == 0).Select(i => string.Join(' ', words.Where((_, at) => at != i))),
        ];
        foreach (var script in broken)
            Assert.AreEqual("", string.Join('\n', Errors(SqlConverter.Convert(script, "01_a", Schema.Empty("public"))).Where(error => !IsPlaceholder(error) && error.Rule != RawSqlRules.TransactionControl)), script);
    }

    public static IEnumerable<string> Statements => StatementParser.Parse(AllStatements).Select(s => AllStatements.Substring(s.Source.Start, s.Source.Length));

    static string AllStatements { get; } = File.ReadAllText(Repository.Combine("tests", "PgRoll.Build.Core.Tests", "Statements", "statements.sql"));

    /// <summary>Of each statement the words are either in raw SQL, or an operation's affair that validation accepts.</summary>
    [TestMethod]
    public void No_statement_is_lost()
    {
        foreach (var sql in Statements)
        {
            var conversion = SqlConverter.Convert(sql, "01_a", Schema.Empty("public"));
            Assert.IsTrue(conversion.Migrations.Count > 0 || conversion.Remarks.Count > 0 || conversion.Problem is not null, sql);
            var errors = Errors(conversion).Where(error => !IsPlaceholder(error));
            Assert.AreEqual("", string.Join('\n', errors), sql);
        }
    }

    static List<Diagnostic> Errors(SqlConversion conversion) => [.. MigrationSet.Check(
        [.. conversion.Migrations.Select(migration => new MigrationFile($"{migration.Name}.yaml", migration.Yaml))],
        Schema.Empty("public") with { IsPartlyUnknown = true }).Diagnostics.Where(d => d.Severity == Severity.Error)];

    static bool IsPlaceholder(Diagnostic error) => error.Message.Contains("it is the placeholder 'TODO: ", StringComparison.Ordinal);

    static SqlConversion Convert(string name) => SqlConverter.Convert(File.ReadAllText(Path.Combine(Folder, $"{name}.sql")), "01_converted", Schema.Empty("public"));
}
