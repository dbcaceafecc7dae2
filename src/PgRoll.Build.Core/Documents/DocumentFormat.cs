namespace PgRoll.Build.Documents;

/// <summary>The notations a migration may be written in.</summary>
enum DocumentFormat
{
    Yaml,
    Json,
}

static class DocumentFormats
{
    /// <summary>The notation that a file's extension stands for; what is not <c>.json</c> is read as YAML.</summary>
    public static DocumentFormat Of(string file) =>
        file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? DocumentFormat.Json : DocumentFormat.Yaml;

    public static string Name(this DocumentFormat format) => format == DocumentFormat.Json ? "JSON" : "YAML";
}
