using PgRoll.Build.Migrations;
using PgRoll.Build.Model;
using PgRoll.Build.Plans;
using PgRoll.Build.Plans.Interop;

namespace PgRoll.Build.Core.Tests.Plans;

/// <summary>Which rollouts of ours pgroll may end. Engine.Tests plays pgroll on those that it may.</summary>
[TestClass]
public sealed class HandoverTests
{
    const string Tables =
        """
        - create_table:
            name: t
            columns: [{ name: id, type: int, pk: true }, { name: a, type: text }, { name: b, type: text, nullable: true }, { name: d, type: int, default: "0" }, { name: num, type: serial }]
            constraints: [{ name: a_b, type: unique, columns: [a, b] }, { name: long_check_name_of_a_column_that_leaves_no_room_for_a_prefix, type: check, check: "b <> 'x'" }]
        - create_table: { name: child, columns: [{ name: t_id, type: int, references: { name: child_fk, table: t, column: id } }, { name: c, type: text, nullable: true }] }
        - create_table: { name: free, columns: [{ name: k, type: int, nullable: true }, { name: v, type: text }, { name: w, type: text }], constraints: [{ name: free_pk, type: primary_key, columns: [v] }] }
        - create_table: { name: made, columns: [{ name: x, type: int }, { name: twice, type: int, generated: { expression: x + 1 } }, { name: other, type: text }] }
        - create_table: { name: t_num, columns: [{ name: x, type: int }] }
        - create_index: { name: t_a, table: t, columns: [{ column: a }] }
        """;

    [TestMethod]
    [DataRow("- alter_column: { table: t, column: a, type: varchar(9), up: a, down: a }")]
    [DataRow("- alter_column: { table: child, column: c, nullable: false, up: \"coalesce(c, '')\" }")]
    [DataRow("- alter_column: { table: child, column: t_id, type: bigint, up: t_id, down: t_id }")]
    [DataRow("- add_column: { table: t, column: { name: e, type: int, unique: true, default: \"1\", check: { name: e_check, constraint: e > 0 } }, up: d }")]
    [DataRow("- add_column: { table: t, column: { name: e, type: int, nullable: true } }\n- rename_column: { table: t, from: e, to: f }\n- create_index: { name: t_f, table: t, columns: [{ column: f }] }")]
    [DataRow("- rename_table: { from: t, to: u }\n- alter_column: { table: u, column: a, type: varchar(9), up: a, down: a }")]
    [DataRow("- alter_column: { table: t, column: a, type: varchar(9), up: a, down: a }\n- rename_table: { from: t, to: u }")]
    [DataRow("- drop_constraint: { table: child, name: child_fk, down: t_id }")]
    [DataRow("- create_constraint: { table: t, name: u, type: unique, columns: [a], up: { a: a }, down: { a: a } }")]
    [DataRow("- create_table: { name: fresh, columns: [{ name: id, type: serial, pk: true }] }\n- create_index: { name: fresh_i, table: fresh, columns: [{ column: id }] }")]
    [DataRow("- drop_table: { name: child }")]
    [DataRow("- drop_column: { table: t, column: a, down: \"''\" }")]
    [DataRow("- drop_index: { name: t_a }")]
    [DataRow("- sql: { up: SELECT 1 }")]
    [DataRow("- sql: { up: SELECT 1, onComplete: true }\n- rename_constraint: { table: t, from: a_b, to: b_a }")]
    public void Nothing_keeps_pgroll_from(string operations) => Assert.IsNull(Obstacle(operations));

    [TestMethod]
    [DataRow("- alter_column: { table: t, column: d, default: \"1\" }", "without a copy")]
    [DataRow("- alter_column: { table: t_num, column: x, type: bigint, up: x, down: x }\n- add_column: { table: t, column: { name: num_x, type: text }, up: a }", "would have one name there")]
    [DataRow("- alter_column: { table: t, column: a, comment: why }", "without a copy")]
    [DataRow("- alter_column: { table: t, column: d, type: bigint, up: d, down: d }", "default of 't.d'")]
    [DataRow("- alter_column: { table: t, column: num, type: bigint, up: num, down: num }", "'t.num' draws numbers")]
    [DataRow("- add_column: { table: t, column: { name: s, type: serial } }", "'t.s' draws numbers")]
    [DataRow("- add_column: { table: t, column: { name: s, type: int, generated: { identity: {} } } }", "'t.s' draws numbers")]
    [DataRow("- alter_column: { table: t, column: a, type: text, up: a, down: a }\n- alter_column: { table: t, column: a, unique: { name: u }, up: a, down: a }", "several operations")]
    [DataRow("- add_column: { table: t, column: { name: e, type: text }, up: a }\n- drop_column: { table: t, column: e, down: a }", "several operations")]
    [DataRow("- alter_column: { table: t, column: id, type: bigint, up: id, down: id }", "foreign key 'child_fk'")]
    [DataRow("- drop_table: { name: child }\n- rename_table: { from: free, to: child }", "'child' takes the name")]
    [DataRow("- drop_table: { name: child }\n- create_table: { name: child, columns: [{ name: id, type: int }] }", "'child' takes the name")]
    [DataRow("- drop_index: { name: t_a }\n- create_index: { name: t_a, table: t, columns: [{ column: b }] }", "'t_a' takes the name")]
    [DataRow("- alter_column: { table: free, column: v, type: varchar(9), up: v, down: v }", "primary key 'free_pk'")]
    [DataRow("- alter_column: { table: t, column: b, type: varchar(9), up: b, down: b }", "too long")]
    [DataRow("- alter_column: { table: made, column: other, type: varchar(9), up: other, down: other }", "generated columns")]
    [DataRow("- set_replica_identity: { table: t, identity: { type: full } }", "replica identity")]
    [DataRow("- drop_multicolumn_constraint: { table: free, name: free_pk, down: { v: v } }", "kind of constraint")]
    [DataRow("- create_table: { name: fresh, columns: [{ name: a, type: int }] }\n- add_column: { table: fresh, column: { name: b, type: int, nullable: true } }", "makes table 'fresh'")]
    [DataRow("- rename_constraint: { table: t, from: a_b, to: b_a }\n- alter_column: { table: t, column: a, type: varchar(9), up: a, down: a }", "'b_a'")]
    [DataRow("- rename_column: { table: t, from: a, to: z }\n- alter_column: { table: t, column: z, type: varchar(9), up: z, down: z }", "renamed before")]
    [DataRow("- drop_multicolumn_constraint: { table: free, name: free_pk, down: { v: v } }\n- create_constraint: { table: free, name: pk, type: primary_key, columns: [k], up: { k: k }, down: { k: k } }", "become NOT NULL")]
    public void Something_keeps_pgroll_from(string operations, string obstacle)
    {
        var all = string.Join('\n', Obstacles(operations));
        StringAssert.Contains(all, obstacle);
        Assert.IsNotNull(Obstacle(operations));
    }

    [TestMethod]
    public void Several_migrations_in_one_are_ours() =>
        StringAssert.Contains(Handover.Obstacle(Request("[]") is var request ? request with { Migrations = [request.Migrations[0], request.Migrations[0]] } : null!), "several migrations");

    [TestMethod]
    public void A_version_without_a_schema_after_one_with_a_schema_is_ours() =>
        StringAssert.Contains(Handover.Obstacle(Request("[]") with { VersionSchema = null }), "version schema");

    static string? Obstacle(string operations) => Handover.Obstacle(Request(operations));

    static IEnumerable<string> Obstacles(string operations) => Handover.Obstacles(Request(operations));

    static PlanRequest Request(string operations)
    {
        var files = new[] { Tables, operations }.Select((text, i) => new MigrationFile($"0{i + 1}_file.yaml", text == "[]" ? "operations: []\n" : $"operations:\n{text}\n")).ToList();
        var set = MigrationSet.Check(files, Schema.Empty("public"));
        Assert.IsFalse(set.HasErrors, string.Join('\n', set.Diagnostics));
        var entry = set.History[^1];
        return new([entry.Migration], entry.Before, entry.After, "public_02_file", "public_01_file", ServerFacts.Offline);
    }
}
