using System.Text.Json.Serialization;

namespace PgRoll.Build.Cli.Actions;

[JsonSerializable(typeof(IReadOnlyList<string>))]
sealed partial class ActionJson : JsonSerializerContext;
