using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PgRoll.Build.Cli.Output;

/// <summary>Writes results for programs. They go to terminals and pipes, not into web pages: names stay readable.</summary>
static class JsonOutput
{
    public static ReportContext Reports { get; } =
        new(new JsonSerializerOptions(ReportContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static Task WriteAsync<T>(TextWriter output, T report, JsonTypeInfo<T> type) =>
        output.WriteLineAsync(JsonSerializer.Serialize(report, type));
}
