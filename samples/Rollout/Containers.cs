using System.Runtime.CompilerServices;
using PgRoll.Build.LocalPostgres.Testcontainers;

namespace Rollout;

/// <summary>Makes containers one of the ways to a server; compiled only where the build is told so.</summary>
static class Containers
{
    [ModuleInitializer]
    internal static void Register() => TestcontainersServers.Register();
}
