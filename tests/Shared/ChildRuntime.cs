using System.Runtime.CompilerServices;

namespace PgRoll.Build.Testing;

/// <summary>
/// What .NET processes that tests start (builds, the tool, samples) find in their environment: they end soon, and would spend a tenth of
/// their time on mapping each piece of code twice and on counting what a longer life would pay back.
/// </summary>
static class ChildRuntime
{
    [ModuleInitializer]
    internal static void Set()
    {
        Environment.SetEnvironmentVariable("DOTNET_EnableWriteXorExecute", "0");
        Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");
    }
}
