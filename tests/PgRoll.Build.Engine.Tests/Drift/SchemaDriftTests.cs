using PgRoll.Build.Engine.Drift;

namespace PgRoll.Build.Engine.Tests.Drift;

[TestClass]
public sealed class SchemaDriftTests
{
    const string Users =
        """
        {"name": "public", "tables": {"users": {
          "name": "users", "oid": "7", "primaryKey": ["b", "a"], "columns": {
            "a": {"name": "a", "type": "integer", "nullable": false, "unique": false, "postgrestype": "base", "default": "nextval('public.s'::regclass)"},
            "b": {"name": "b", "type": "mood", "nullable": true, "unique": false, "postgrestype": "enum", "enumvalues": ["x", "y"]}},
          "indexes": {"i": {"name": "i", "unique": true, "exclusion": false, "columns": ["a"], "method": "btree", "definition": "CREATE UNIQUE INDEX i ON public.users USING btree (a)"}},
          "checkConstraints": {"c": {"name": "c", "columns": ["a"], "definition": "CHECK (a > 0)", "noInherit": false}}}}}
        """;

    /// <summary>As pgroll's baseline writes the same: every key is there, spelled another way, and the path was another.</summary>
    const string SameUsers =
        """
        {"name": "public", "tables": {"users": {
          "name": "users", "oid": "8", "comment": "", "primaryKey": ["a", "b"], "columns": {
            "a": {"name": "a", "type": "integer", "nullable": false, "unique": true, "postgresType": "base", "default": "nextval('s'::regclass)", "comment": "", "enumValues": null},
            "b": {"name": "b", "type": "mood", "nullable": true, "unique": false, "postgresType": "enum", "default": null, "comment": "", "enumValues": ["x", "y"]}},
          "indexes": {"i": {"name": "i", "unique": true, "exclusion": false, "columns": ["a"], "predicate": null, "method": "btree", "definition": "CREATE UNIQUE INDEX i ON users USING btree (a)"}},
          "foreignKeys": null, "uniqueConstraints": {}, "excludeConstraints": null,
          "checkConstraints": {"c": {"name": "c", "columns": ["a"], "definition": "CHECK (a > 0)", "noInherit": false}}}}}
        """;

    [TestMethod]
    public void Both_spellings_of_one_schema_are_equal() =>
        Assert.AreEqual("", Compare(Users, SameUsers));

    [TestMethod]
    [DataRow("\"type\": \"integer\"", "\"type\": \"bigint\"", "column 'users.a': type was integer, is bigint")]
    [DataRow("\"nullable\": false", "\"nullable\": true", "column 'users.a': nullable was false, is true")]
    [DataRow("[\"x\", \"y\"]", "[\"x\"]", "column 'users.b': values was x, y, is x")]
    [DataRow(", \"default\": \"nextval('public.s'::regclass)\"", "", "column 'users.a': default was nextval('s'::regclass), is none")]
    [DataRow("\"b\", \"a\"", "\"a\"", "table 'users': primary key was a, b, is a")]
    [DataRow("CHECK (a > 0)", "CHECK (a > 1)", "check 'users.c': definition was CHECK (a > 0), is CHECK (a > 1)")]
    [DataRow("\"c\": {\"name\"", "\"C\": {\"name\"", "check 'users.c' is gone; check 'users.C' is new")]
    [DataRow("{\"users\": {", "{\"people\": {", "table 'users' is gone; table 'people' is new")]
    [DataRow("\"noInherit\": false", "\"noInherit\": true", "check 'users.c': NO INHERIT was false, is true")]
    [DataRow("\"i\": {\"name\"", "\"_pgroll_i\": {\"name\"", "index 'users.i' is gone")]
    public void What_differs_is_named(string was, string @is, string expected) =>
        Assert.AreEqual(expected, Compare(Users, Users.Replace(was, @is, StringComparison.Ordinal)));

    [TestMethod]
    public void The_index_of_a_constraint_is_no_second_difference()
    {
        const string Unique = """, "uniqueConstraints": {"i": {"name": "i", "columns": ["a"]}}}}}""";
        var with = Users[..Users.LastIndexOf("}}}", StringComparison.Ordinal)] + Unique;
        Assert.AreEqual("index 'users.i' is gone; unique constraint 'users.i' is new", Compare(Users, with));
        Assert.AreEqual("unique constraint 'users.i' is gone", Compare(with, "{\"tables\": {\"users\": " + Without(with) + "}}"));
    }

    /// <summary>The table without its indexes and its unique constraint.</summary>
    static string Without(string json)
    {
        var table = System.Text.Json.Nodes.JsonNode.Parse(json)!["tables"]!["users"]!.AsObject();
        table.Remove("indexes");
        table.Remove("uniqueConstraints");
        return table.ToJsonString();
    }

    static string Compare(string recorded, string live) => string.Join("; ", SchemaDrift.Compare(Snapshot.Read(recorded, "public"), Snapshot.Read(live, "public")));
}
