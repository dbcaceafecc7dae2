namespace PgRoll.Build.LocalPostgres;

/// <summary>What kind of throw-away server is wanted.</summary>
public sealed record PostgresOptions
{
    /// <summary>The major version; <c>null</c> takes PGROLL_TEST_POSTGRES_VERSION, else the newest that is found.</summary>
    public int? Major { get; init; }

    /// <summary>On disk and with every write made safe, as benchmarks need it; otherwise in memory where there is room.</summary>
    public bool Durable { get; init; }

    /// <summary>
    /// Its databases are to be there for the next who asks for this: the data stays in the user's cache folder, one for each major. One at a
    /// time has it: another, and who cannot have it for any other reason, gets a usual server (<see cref="PostgresServer.IsKept"/>). One that is given is nobody's to keep, and is not taken.
    /// </summary>
    public bool Kept { get; init; }

    /// <summary>Server settings that go over the defaults.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Told what is being done, a line at a time.</summary>
    public Action<string>? Log { get; init; }

    internal IReadOnlyList<string> ServerArguments()
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["max_connections"] = "200" };
        if (!Durable)
        {
            settings["fsync"] = settings["synchronous_commit"] = settings["full_page_writes"] = "off";
            // Below the data folder: a segment in /dev/shm stays when the server is ended in the moment of making it.
            settings["dynamic_shared_memory_type"] = "mmap";
        }
        if (Kept)
            // What stays on the user's disk.
            settings["max_wal_size"] = "256MB";
        foreach (var (name, value) in Settings)
            settings[name] = value;
        return [.. settings.SelectMany(setting => new[] { "-c", $"{setting.Key}={setting.Value}" })];
    }
}
