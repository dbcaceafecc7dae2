namespace PgRoll.Build.Tasks.Tests;

/// <summary>The compiler that the tests' builds share, as a user's builds do; not the one of whoever else builds on the machine.</summary>
static class CompilerServer
{
    /// <summary>Its name, by which builds find it: the first one starts it.</summary>
    public static string Id { get; } = $"pgroll-tests-{Guid.NewGuid():n}";

    /// <summary>Ends it, if it was started.</summary>
    public static async Task StopAsync(string folder)
    {
        var (_, version) = await DotNet.RunAsync(folder, "--version");
        // Of the runtime's folder, <root>/shared/Microsoft.NETCore.App/<version>.
        var root = Path.GetFullPath("../../..", Path.GetDirectoryName(typeof(object).Assembly.Location)!);
        await DotNet.RunAsync(folder, Path.Combine(root, "sdk", version.Trim(), "Roslyn", "bincore", "VBCSCompiler.dll"), "-shutdown", $"-pipename:{Id}");
    }
}
