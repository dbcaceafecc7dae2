namespace PgRoll.Build.Engine.Tests.ModelTest;

/// <summary>Statements as their clients spell them.</summary>
/// <param name="Schema">The base schema.</param>
/// <param name="Old">The old version's schema.</param>
/// <param name="New">The new version's schema.</param>
/// <param name="IsActive">Whether the table has both versions' columns, under their provisional names.</param>
sealed record SqlWriter(string Schema, string Old, string New, bool IsActive)
{
    /// <summary>The statements that set a client's path; none where its connection has it.</summary>
    public string? SetPath(Client client) => client switch
    {
        { Path: Version.Base, Manner: Manner.Exact or Manner.ThenBase } => $"SET search_path = {Schema}",
        { Path: Version.Base } => "SET search_path = \"$user\", public",
        { Manner: Manner.Exact } => $"SET search_path = {SqlLiteral.Name(SchemaOf(client.Path))}",
        { Manner: Manner.ThenBase } => $"SET search_path = {Quoted(client.Path)}, {Schema}",
        { Manner: Manner.Quoted } => $"SET search_path = {Quoted(client.Path)}",
        { Manner: Manner.AfterUser } => $"SET search_path = \"$user\", {Quoted(client.Path)}",
        _ => null,
    };

    public string SchemaOf(Version version) => version switch { Version.Old => Old, Version.New => New, _ => Schema };

    public string Table(Client client) =>
        !client.IsQualified && (client.Speaks != Version.Base || client.Manner is Manner.Exact or Manner.ThenBase) ? "t" : $"{Quoted(client.Speaks)}.t";

    /// <summary>The commands that a write consists of; a copy's rows go by themselves.</summary>
    public IReadOnlyList<string> Commands(Write write)
    {
        var (table, client) = (Table(write.Client), write.Client);
        IReadOnlyList<string> commands = (write.Statement, write.Statement.Form) switch
        {
            (Insert { Form: Form.Copy } copy, _) => [Copy(client, copy)],
            (Insert insert, Form.Prepared) =>
            [
                $"PREPARE p AS INSERT INTO {table} ({Names(client, insert)}) VALUES ({string.Join(", ", Enumerable.Range(1, insert.Columns.Count + 1).Select(i => $"${i}"))}){Conflict(client, insert)}",
                .. insert.Rows.Select(row => $"EXECUTE p({Values(row)})"),
                "DEALLOCATE p",
            ],
            (Insert insert, _) => [$"INSERT INTO {table} ({Names(client, insert)}) VALUES {string.Join(", ", insert.Rows.Select(row => $"({Values(row)})"))}{Conflict(client, insert)}"],
            (Update update, Form.Prepared) =>
            [
                $"PREPARE p AS UPDATE {table} SET {Set(client, update.Set, "", 1)} WHERE id = $1",
                .. update.Ids.Select(id => $"EXECUTE p({string.Join(", ", [$"{id}", .. update.Set.Select(s => s.Value).OfType<Given.Literal>().Select(Value)])})"),
                "DEALLOCATE p",
            ],
            (Update update, _) => [$"UPDATE {table} SET {Set(client, update.Set, "", null)} WHERE id IN ({string.Join(", ", update.Ids)})"],
            (Delete delete, _) => [$"DELETE FROM {table} WHERE id = {delete.Id}"],
            _ => throw new InvalidOperationException($"No such statement: {write.Statement}."),
        };
        return write.Statement.Form == Form.Replicated ? ["SET session_replication_role = replica", .. commands, "RESET session_replication_role"] : commands;
    }

    /// <summary>The rows of a copy, as COPY reads them.</summary>
    public static string CopyRows(Insert copy) =>
        string.Concat(copy.Rows.Select(row => $"{row.Id}{string.Concat(row.Values.Select(v => $"\t{((Given.Literal)v).Value ?? "\\N"}"))}\n"));

    string Copy(Client client, Insert copy) => $"COPY {Table(client)} ({Names(client, copy)}) FROM STDIN";

    string Names(Client client, Insert insert) => string.Join(", ", ["id", .. insert.Columns.Select(c => Name(client, c))]);

    string Conflict(Client client, Insert insert) => insert.OnConflict is not { } set ? "" :
        $" ON CONFLICT (id) DO UPDATE SET {Set(client, set, "t.", null)}";

    string Set(Client client, Assignments set, string same, int? parameters)
    {
        List<string> assignments = [];
        foreach (var (column, value) in set)
        {
            var name = Name(client, column);
            assignments.Add($"{name} = {value switch
            {
                Given.Literal when parameters is not null => $"${++parameters}",
                Given.Literal literal => Value(literal),
                Given.Default => "DEFAULT",
                Given.Excluded => $"excluded.{name}",
                _ => same + name,
            }}");
        }
        return string.Join(", ", assignments);
    }

    static string Values((int Id, IReadOnlyList<Given> Values) row) => string.Join(", ", [$"{row.Id}", .. row.Values.Select(v => v is Given.Literal literal ? Value(literal) : "DEFAULT")]);

    static string Value(Given.Literal literal) => literal.Value is { } value ? SqlLiteral.Of(value) : "NULL";

    string Name(Client client, Column column) => client.Speaks == Version.Base && IsActive ? SqlLiteral.Name(column.Physical) : column.Sql;

    string Quoted(Version version) => $"\"{SchemaOf(version)}\"";
}
