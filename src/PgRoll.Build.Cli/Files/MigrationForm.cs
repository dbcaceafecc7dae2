using System.Text.Json.Nodes;
using PgRoll.Build.Documents;
using PgRoll.Build.Operations;
using Spectre.Console;

namespace PgRoll.Build.Cli.Files;

/// <summary>Asks for a migration's operations, field by field: it knows of each what its reader asks for, and nothing besides.</summary>
sealed class MigrationForm(IAnsiConsole terminal)
{
    const string Enough = "(that is all)";

    public async Task<JsonObject> AskAsync(CancellationToken ct)
    {
        var operations = new JsonArray();
        while (await ChooseAsync(operations.Count == 0 ? "What does the migration do?" : "And then?", [Enough, .. OperationCatalog.Names], ct) is { } name && name != Enough)
            operations.Add((JsonNode)new JsonObject { [name] = await AskAsync(name, OperationCatalog.Describe(name), ct) });
        return new() { ["operations"] = operations };
    }

    async Task<JsonObject> AskAsync(string owner, IReadOnlyList<FieldDescription> fields, CancellationToken ct)
    {
        var optional = fields.Where(field => !field.IsRequired).Select(field => field.Name).ToList();
        var wanted = optional.Count == 0 ? [] : await new MultiSelectionPrompt<string>().Title($"{Markup.Escape(owner)}: which optional fields?").NotRequired().AddChoices(optional).ShowAsync(terminal, ct);
        var body = new JsonObject();
        foreach (var field in fields.Where(field => field.IsRequired || wanted.Contains(field.Name)))
            body[field.Name] = await AskAsync($"{owner}.{field.Name}", field, ct);
        return body;
    }

    async Task<JsonNode?> AskAsync(string path, FieldDescription field, CancellationToken ct) => field.Kind switch
    {
        FieldKind.Flag => JsonValue.Create(await ChooseAsync(path, ["true", "false"], ct) == "true"),
        FieldKind.Mapping => await AskAsync(path, field.Fields, ct),
        FieldKind.MappingList => await ListAsync(path, index => AskAsync($"{path}[{index}]", field.Fields, ct), ct),
        FieldKind.TextList => await ListAsync(path, async index => JsonValue.Create(await TextAsync($"{path}[{index}]", ct)), ct),
        FieldKind.TextMap => await MapAsync(path, ct),
        _ when field.Words.Count > 0 => JsonValue.Create(await ChooseAsync(path, field.Words, ct)),
        _ => JsonValue.Create(await TextAsync(path, ct)),
    };

    async Task<JsonArray> ListAsync<T>(string path, Func<int, Task<T>> ask, CancellationToken ct) where T : JsonNode
    {
        var items = new JsonArray();
        do
            items.Add((JsonNode)await ask(items.Count));
        while (await ConfirmAsync($"Another of {path}?", ct));
        return items;
    }

    async Task<JsonObject> MapAsync(string path, CancellationToken ct)
    {
        var map = new JsonObject();
        do
            map[await TextAsync($"{path}: column", ct)] = await TextAsync($"{path}: its expression", ct);
        while (await ConfirmAsync($"Another of {path}?", ct));
        return map;
    }

    Task<string> TextAsync(string path, CancellationToken ct) => new TextPrompt<string>(Markup.Escape($"{path}:")).ShowAsync(terminal, ct);

    Task<bool> ConfirmAsync(string question, CancellationToken ct) => new ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = false }.ShowAsync(terminal, ct);

    Task<string> ChooseAsync(string title, IEnumerable<string> choices, CancellationToken ct) =>
        new SelectionPrompt<string>().Title(Markup.Escape(title)).PageSize(OperationCatalog.Names.Count + 1).AddChoices(choices).ShowAsync(terminal, ct);
}
