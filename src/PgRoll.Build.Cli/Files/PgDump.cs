using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;
using PgRoll.Build.Engine;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Cli.Files;

/// <summary>PostgreSQL's own dump of a schema's definitions, where it is installed: nobody writes a schema as completely.</summary>
sealed partial class PgDump
{
    readonly string _program;

    PgDump(string program, int major) => (_program, Major) = (program, major);

    public int Major { get; }

    /// <summary>The program named; null where it is not there.</summary>
    public static async Task<PgDump?> FindAsync(string program, CancellationToken ct)
    {
        try
        {
            var (code, output, _) = await RunAsync(new(program, ["--version"]), ct);
            return code == 0 && Number().Match(output) is { Success: true } match ? new(program, int.Parse(match.Value, CultureInfo.InvariantCulture)) : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>The definitions of a schema, without owners and privileges, as SQL that any supported server runs.</summary>
    public async Task<string> DumpAsync(RunnerOptions options, CancellationToken ct)
    {
        string[] role = options.Role is null ? [] : [$"--role={options.Role}"];
        var start = new ProcessStartInfo(_program,
            ["--schema-only", "--no-owner", "--no-privileges", "--no-password", "--encoding=UTF8", $"--schema={new Ident(options.Schema)}", .. role]);
        foreach (var (name, value) in Environments(new(options.ConnectionString)))
            start.Environment[name] = value;
        var (code, output, error) = await RunAsync(start, ct);
        return code == 0 ? Clean(output) : throw new PgRollException(ExitReason.DatabaseError, $"{_program} failed: {error.Trim()}");
    }

    /// <summary>
    /// The settings at its top are the dumping server's, and may be unknown to another; lines for psql are nobody else's; the schema
    /// is there.
    /// </summary>
    internal static string Clean(string dump)
    {
        var first = FirstObject().Match(dump);
        var text = first.Success ? dump[first.Index..] : "";
        text = PsqlLine().Replace(text, "");
        text = CreateSchema().Replace(text, "CREATE SCHEMA IF NOT EXISTS ");
        text = text.Replace("COMMENT ON SCHEMA public IS 'standard public schema';\n", "", StringComparison.Ordinal);
        var end = text.LastIndexOf("--\n-- PostgreSQL database dump complete", StringComparison.Ordinal);
        return $"SET check_function_bodies = off;\nSELECT pg_catalog.set_config('search_path', '', false);\n\n{(end < 0 ? text : text[..end]).Trim()}\n";
    }

    /// <summary>Npgsql's settings by libpq's names: nothing of them is visible among the arguments of a process.</summary>
    static IEnumerable<(string Name, string Value)> Environments(NpgsqlConnectionStringBuilder address)
    {
        (string Name, string? Value)[] all =
        [
            ("PGHOST", address.Host), ("PGPORT", address.Port.ToString(CultureInfo.InvariantCulture)), ("PGUSER", address.Username), ("PGPASSWORD", address.Password),
            ("PGDATABASE", address.Database), ("PGPASSFILE", address.Passfile), ("PGOPTIONS", address.Options), ("PGSSLROOTCERT", address.RootCertificate),
            ("PGSSLCERT", address.SslCertificate), ("PGSSLKEY", address.SslKey),
            ("PGSSLMODE", address.SslMode switch { SslMode.VerifyCA => "verify-ca", SslMode.VerifyFull => "verify-full", var mode => mode.ToString().ToLowerInvariant() }),
        ];
        return all.Where(each => !string.IsNullOrEmpty(each.Value)).Select(each => (each.Name, each.Value!));
    }

    static async Task<(int Code, string Output, string Error)> RunAsync(ProcessStartInfo start, CancellationToken ct)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardOutputEncoding = Encoding.UTF8;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
        try
        {
            await process.WaitForExitAsync(ct);
            return (process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();

    [GeneratedRegex(@"^--\r?\n-- Name: ", RegexOptions.Multiline)]
    private static partial Regex FirstObject();

    [GeneratedRegex(@"^\\(un)?restrict .*\n", RegexOptions.Multiline)]
    private static partial Regex PsqlLine();

    [GeneratedRegex(@"^CREATE SCHEMA (?=[^\n]*;\r?$)", RegexOptions.Multiline)]
    private static partial Regex CreateSchema();
}
