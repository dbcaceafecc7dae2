namespace PgRoll.Build.Engine.Execution;

/// <summary>
/// The heap blocks of a table that are to be visited, handed out to workers in their physical order. What is remembered of it is the
/// block up to which all are done: whatever workers did beyond it is visited again after an interruption, and found done.
/// </summary>
/// <param name="first">The first block.</param>
/// <param name="end">The block after the last one. Rows that are written from now on are filled by the trigger: what the table grows by needs no visit.</param>
sealed class BlockRanges(long first, long end)
{
    readonly Lock _lock = new();
    readonly List<Range> _open = [];
    long _next = first;

    public long End => end;

    /// <summary>All before this one are done.</summary>
    public long Passed
    {
        get
        {
            lock (_lock)
                return _open.Count == 0 ? _next : _open.Min(range => range.From);
        }
    }

    /// <summary>The next so many blocks, which are the caller's from now on; null when there are none left to hand out.</summary>
    public Range? Take(int blocks)
    {
        lock (_lock)
        {
            if (_next >= end)
                return null;
            var range = new Range(_next, Math.Min(end, _next + blocks));
            _next = range.To;
            _open.Add(range);
            return range;
        }
    }

    /// <summary>What <see cref="Passed"/> is once a range is done up to a block.</summary>
    public long PassedWith(Range range, long to)
    {
        lock (_lock)
            return _open.Where(other => other != range).Select(other => other.From).Append(to < range.To ? to : _next).Min();
    }

    /// <summary>A range is done up to a block: committed, that is.</summary>
    public void Advance(Range range, long to)
    {
        lock (_lock)
        {
            range.From = to;
            if (to >= range.To)
                _open.Remove(range);
        }
    }

    /// <summary>Blocks that one worker visits.</summary>
    public sealed class Range(long from, long to)
    {
        /// <summary>The first block that is not done.</summary>
        public long From { get; set; } = from;

        /// <summary>The block after the last one.</summary>
        public long To => to;
    }
}
