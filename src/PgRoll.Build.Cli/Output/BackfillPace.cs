using System.Globalization;
using PgRoll.Build.Engine;

namespace PgRoll.Build.Cli.Output;

/// <summary>What can be said of a backfill: how much is done, how fast, and how long the rest takes at the pace since it was first seen.</summary>
sealed class BackfillPace
{
    BackfillAdvanced? _first, _last;

    /// <summary>Takes notice of an event, and says it in words.</summary>
    public string Advance(BackfillAdvanced now)
    {
        // Another table, or another pass over the same one.
        if (_first is null || _last!.Table != now.Table || now.Fraction < _last.Fraction)
            _first = now;
        _last = now;
        var words = string.Create(CultureInfo.InvariantCulture, $"{now.Table}: {now.Fraction:0%}, {now.Rows:N0} rows, {now.RowsPerSecond:N0} rows/s");
        return Remaining(now) is { } remaining ? $"{words}, {TimeText.Of(remaining)} left" : words;
    }

    TimeSpan? Remaining(BackfillAdvanced now)
    {
        var gained = now.Fraction - _first!.Fraction;
        return gained > 0 && now.Fraction < 1 ? (now.Elapsed - _first.Elapsed) * ((1 - now.Fraction) / gained) : null;
    }

}
