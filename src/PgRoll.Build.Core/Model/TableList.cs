using System.Collections;
using System.Collections.Concurrent;

namespace PgRoll.Build.Model;

/// <summary>
/// Tables in order, as a value: a list with one of them changed or added shares the rest with the one that it comes from, and what is
/// looked up by name is found without going through them all. A long script changes thousands of tables one statement at a time.
/// </summary>
sealed class TableList : IReadOnlyList<Table>
{
    const int ChunkSize = 64;

    readonly Table[][] chunks;
    readonly Names names;

    TableList(Table[][] chunks, int count, Names names) => (this.chunks, Count, this.names) = (chunks, count, names);

    public int Count { get; }

    public Table this[int index] => index >= 0 && index < Count ? chunks[index / ChunkSize][index % ChunkSize] : throw new ArgumentOutOfRangeException(nameof(index));

    public static TableList Of(IReadOnlyList<Table> tables) => tables as TableList ?? tables.Aggregate(new TableList([], 0, new()), (list, table) => list.Add(table));

    /// <summary>The table of that name, or null.</summary>
    public Table? Find(string name) => IndexOf(name) is { } index ? this[index] : null;

    /// <summary>Whether a table, an index, a constraint or a sequence may have that name, or bear it in the database; if not, none does.</summary>
    public bool MayHold(string name) => names.Parts.ContainsKey(name);

    public TableList Add(Table table)
    {
        names.Note(table, Count);
        var last = Count / ChunkSize;
        var chunk = last < chunks.Length ? chunks[last] : [];
        return new([.. chunks.Take(last), [.. chunk.Take(Count % ChunkSize), table]], Count + 1, names);
    }

    public TableList Replace(string name, Func<Table, Table> change)
    {
        if (IndexOf(name) is not { } index)
            return this;
        var table = change(this[index]);
        names.Note(table, index);
        var copy = (Table[][])chunks.Clone();
        var chunk = (Table[])copy[index / ChunkSize].Clone();
        chunk[index % ChunkSize] = table;
        copy[index / ChunkSize] = chunk;
        return new(copy, Count, names);
    }

    /// <summary>The list with each table changed, none of them in its name; what stays the same is shared.</summary>
    public TableList Change(Func<Table, Table> change)
    {
        Table[][]? copy = null;
        for (var i = 0; i < Count; i++)
        {
            var (chunk, at) = (i / ChunkSize, i % ChunkSize);
            var table = change(chunks[chunk][at]);
            if (ReferenceEquals(table, chunks[chunk][at]))
                continue;
            copy ??= (Table[][])chunks.Clone();
            if (ReferenceEquals(copy[chunk], chunks[chunk]))
                copy[chunk] = (Table[])chunks[chunk].Clone();
            copy[chunk][at] = table;
            names.Note(table, i);
        }
        return copy is null ? this : new(copy, Count, names);
    }

    public IEnumerator<Table> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    int? IndexOf(string name)
    {
        if (!names.Tables.TryGetValue(name, out var index))
            return null;
        if (index < Count && this[index].Name == name)
            return index;
        // Another list of the same origin has it elsewhere.
        for (var i = 0; i < Count; i++)
            if (this[i].Name == name)
                return i;
        return null;
    }

    /// <summary>Every name that any list of one origin ever held: who is not among them is in none of the lists.</summary>
    sealed class Names
    {
        public ConcurrentDictionary<string, int> Tables { get; } = new();

        public ConcurrentDictionary<string, bool> Parts { get; } = new();

        public void Note(Table table, int index)
        {
            Tables[table.Name] = index;
            Parts[table.Name] = Parts[table.Physical] = true;
            foreach (var constraint in table.Constraints)
                Parts[constraint.Name] = Parts[constraint.Physical] = true;
            foreach (var made in table.Indexes)
                Parts[made.Name] = Parts[made.Physical] = true;
            foreach (var column in table.Columns)
                if (column.OwnSequence is { } sequence)
                    Parts[sequence] = true;
        }
    }
}
