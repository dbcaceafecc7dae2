using System.Runtime.InteropServices;
using PgRoll.Build.LocalPostgres;

namespace PgRoll.Build.Benchmarks.Reports;

/// <summary>Figures are those of a machine.</summary>
static class Machine
{
    public static string Describe(PostgresServer? server)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30);
        var postgres = server is null ? "" : $", PostgreSQL {server.Major} ({server.Source}), on disk, fsync on, stock settings but for `min_wal_size`";
        return $"{Processor()}, {Environment.ProcessorCount} cores, {memory} GB; {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}{postgres}";
    }

    static string Processor() =>
        File.Exists("/proc/cpuinfo") && File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':') + 2)..]
            : RuntimeInformation.ProcessArchitecture.ToString();
}
