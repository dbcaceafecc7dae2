using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace PgRoll.Build.Engine.Tests.UnderLoad;

/// <summary>How long clients waited for their statements, by the moment of the rollout.</summary>
sealed class Latencies
{
    readonly ConcurrentQueue<(string Moment, double Milliseconds)> _all = new();
    readonly List<string> _moments = [];
    volatile string _moment = "";

    /// <summary>What follows belongs to this moment.</summary>
    public void Enter(string moment)
    {
        _moment = moment;
        if (!_moments.Contains(moment))
            _moments.Add(moment);
    }

    public async Task<T> MeasureAsync<T>(Func<Task<T>> statement)
    {
        var (moment, start) = (_moment, Stopwatch.GetTimestamp());
        var result = await statement();
        _all.Enqueue((moment, Stopwatch.GetElapsedTime(start).TotalMilliseconds));
        return result;
    }

    /// <summary>Milliseconds: median, 95th and 99th percentile, longest.</summary>
    public string Table()
    {
        var moments = _all.ToLookup(l => l.Moment, l => l.Milliseconds);
        return string.Join(Environment.NewLine, _moments.Select(moment =>
        {
            double[] sorted = [.. moments[moment].Order()];
            return sorted.Length == 0 ? $"{moment,-15} none" : string.Create(CultureInfo.InvariantCulture,
                $"{moment,-15} {sorted.Length,7} statements, ms: {At(sorted, 0.5),6:0.0} {At(sorted, 0.95),6:0.0} {At(sorted, 0.99),6:0.0} {sorted[^1],7:0.0}");
        }));
    }

    static double At(double[] sorted, double part) => sorted[(int)((sorted.Length - 1) * part)];
}
