using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PgRoll.Build.Diagnostics;

namespace PgRoll.Build.Cli.Output.Findings;

/// <summary>What a finding is known by from run to run: its rule, file and place in the document, not its line.</summary>
sealed class Fingerprints
{
    readonly Dictionary<string, int> seen = [];

    public string Next(Diagnostic finding)
    {
        var key = $"{finding.Rule.Id}\0{FindingsFormat.PathOf(finding.Location.File)}\0{finding.Location.Path}\0{finding.Message}";
        var count = seen[key] = seen.GetValueOrDefault(key) + 1;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{key}\0{count}"))))[..32];
    }
}
