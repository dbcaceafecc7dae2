using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PgRoll.Build.Migrations;

namespace PgRoll.Build.Engine.Verification.Databases;

/// <summary>What the database of a replayed history depends on, as one name: the files' content, and everything else that has a say.</summary>
static class PrefixKey
{
    /// <summary>Counts on when databases are made otherwise.</summary>
    const int Form = 1;

    static readonly string Tool = string.Concat(new[] { typeof(PrefixKey), typeof(Migration) }.Select(type => type.Assembly.ManifestModule.ModuleVersionId.ToString("n")));

    /// <param name="major">The server's.</param>
    /// <param name="role">Who owns what is in it.</param>
    /// <param name="options">How the history is replayed.</param>
    /// <param name="migrations">The history.</param>
    public static string Of(int major, string role, VerifierOptions options, IEnumerable<Migration> migrations)
    {
        var runner = options.Runner;
        string[] parts =
        [
            Form.ToString(CultureInfo.InvariantCulture), Tool, major.ToString(CultureInfo.InvariantCulture), runner.Schema, runner.StateSchema, role,
            $"{runner.ExposeXmin}", options.Setup ?? "", Checksum.Of(migrations),
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))));
    }
}
