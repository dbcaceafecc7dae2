namespace PgRoll.Build.Tests.Documents;

[TestClass]
public class CommentTests
{
    [TestMethod]
    public void A_comment_belongs_to_what_follows_or_to_what_starts_on_its_line()
    {
        AssertComments(
            """
            # one
            # two

            # three
            operations: # four
              # five
              - add_column: # six
                  table: x # seven
                  # eight
                  column: { name: id, # nine
                    type: int } # ten
                  up: | # eleven
                    a # not a comment
                  # twelve
              # thirteen
              - sql: { up: 'a # no', down: "b # no", onComplete: no#t } # fourteen
            # fifteen
            """,
            "1 header operations: one",
            "2 header operations: two",
            "4 operations: three",
            "5 operations: four",
            "6 operations[0]: five",
            "7 operations[0]: six",
            "8 operations[0].add_column.table: seven",
            "9 operations[0].add_column.column: eight",
            "10 operations[0].add_column.column: nine",
            "11 operations[0].add_column.column.type: ten",
            "12 operations[0].add_column.up: eleven",
            "14 operations[1]: twelve",
            "15 operations[1]: thirteen",
            "16 operations[1]: fourteen",
            "17 nothing: fifteen");
    }

    [TestMethod]
    public void A_comment_behind_the_end_of_a_value_belongs_to_that_value() => AssertComments(
        """
        a: [
          1,
          2 # two
        ] # list
        b: "x
          y" # text
        c: d
        """,
        "3 a[1]: two",
        "4 a: list",
        "6 b: text");

    [TestMethod]
    public void Comments_the_yaml_parser_trips_over_are_read() =>
        AssertComments("{ # c\n a: 1 # d\n , b: 2\n}", "1 a: c", "2 a: d");

    [TestMethod]
    public void Anchors_and_aliases_keep_comments_where_they_are() => AssertComments(
        """
        a: &x#y # anchor
          b: 1 # inside
        c: # before
          - *x#y # alias
        d: { <<: *x#y } # merge
        """,
        "1 a: anchor",
        "2 a.b: inside",
        "3 c: before",
        "4 c[0]: alias",
        "5 d: merge");

    [TestMethod]
    public void The_header_is_the_first_block_of_comment_lines_above_all_content()
    {
        AssertComments("---\n# a\n# b\nx: 1", "2 header x: a", "3 header x: b");
        AssertComments("x: 1 # a\n# b", "1 x: a", "2 nothing: b");
        AssertComments("x: 1\r\n#\ta \r\ny: 2", "2 y: a");
    }

    [TestMethod]
    public void A_comment_covers_its_text()
    {
        const string text = "a: b   #  pgroll-disable PGR0402: reason\n";
        var comment = Reading.Valid(text).Comments.Single();
        Assert.AreEqual("#  pgroll-disable PGR0402: reason", Reading.Covered(text, comment.Span));
    }

    static void AssertComments(string text, params string[] expected) => CollectionAssert.AreEqual(
        expected,
        Reading.Valid(text).Comments
            .Select(static c => $"{c.Span.Line} {(c.IsHeader ? "header " : "")}{c.Path ?? "nothing"}: {c.Text}").ToArray());
}
