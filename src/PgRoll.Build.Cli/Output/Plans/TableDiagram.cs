using System.Globalization;
using System.Text;
using PgRoll.Build.Model;

namespace PgRoll.Build.Cli.Output.Plans;

/// <summary>Tables before and after a rollout, as a Mermaid diagram.</summary>
static class TableDiagram
{
    /// <summary>The diagram; empty where no table differs.</summary>
    public static string Write(Schema before, Schema after, IEnumerable<string> touched)
    {
        var physical = new HashSet<string>(touched);
        var text = new StringBuilder();
        foreach (var table in before.Tables.Where(table => physical.Contains(table.Physical)))
            Write(text, table, "before");
        foreach (var table in after.Tables.Where(table => table.IsNew || physical.Contains(table.Physical)))
            Write(text, table, "after");
        return text.Length == 0 ? "" : $"```mermaid\nerDiagram\n{text}```\n";
    }

    /// <summary>The diagram of what differs, where no plan says what was touched.</summary>
    public static string Write(Schema before, Schema after) => Write(before, after, before.Tables.Concat(after.Tables).Select(table => table.Physical)
        .Where(physical => Text(before, physical) != Text(after, physical)));

    static string Text(Schema schema, string physical)
    {
        var text = new StringBuilder();
        foreach (var table in schema.Tables.Where(table => table.Physical == physical))
            Write(text, table, "");
        return text.ToString();
    }

    static void Write(StringBuilder text, Table table, string when)
    {
        text.Append(CultureInfo.InvariantCulture, $"    {Word(table.Name)}_{when}[\"{Label(table.Name)}, {when}\"] {{\n");
        foreach (var column in table.Columns)
            text.Append(CultureInfo.InvariantCulture, $"        {Word(column.Type.Text)} {Word(column.Name)}{Keys(table, column)} \"{Label(Remark(column))}\"\n");
        text.Append("    }\n");
    }

    static string Keys(Table table, Column column)
    {
        string[] keys =
        [
            .. table.PrimaryKey?.Columns.Contains(column.Name) is true ? ["PK"] : (string[])[],
            .. table.Constraints.OfType<ForeignKey>().Any(key => key.Columns.Contains(column.Name)) ? ["FK"] : (string[])[],
            .. table.Constraints.OfType<UniqueConstraint>().Any(key => !key.IsPrimaryKey && key.Columns is [var only] && only == column.Name) ? ["UK"] : (string[])[],
        ];
        return keys.Length == 0 ? "" : $" {string.Join(", ", keys)}";
    }

    static string Remark(Column column) => string.Join(", ",
    [
        .. column.Type.Text == Word(column.Type.Text) ? [] : (string[])[column.Type.Text],
        column.IsNullable ? "nullable" : "not null",
        .. column.Default is { } value ? [$"default {value}"] : (string[])[],
    ]);

    /// <summary>Mermaid's words are letters, digits and underscores.</summary>
    static string Word(string name)
    {
        var word = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return char.IsAsciiLetter(word[0]) ? word : $"t{word}";
    }

    /// <summary>A text between quotation marks.</summary>
    public static string Label(string text) =>
        text.Replace("\"", "#quot;", StringComparison.Ordinal).Replace("<", "#lt;", StringComparison.Ordinal).Replace('\n', ' ').Replace("\r", "", StringComparison.Ordinal);
}
