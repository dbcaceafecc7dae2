using System.Collections.Concurrent;

namespace Rollout;

/// <summary>
/// Keeps account of all that was written, outside of the database, and compares it with what the versions read. A customer is entered
/// while its row is locked, before the commit: so entries of one customer come in the order of their commits, whoever made them.
/// </summary>
sealed class Proof
{
    const int MostNamed = 10;
    readonly ConcurrentDictionary<long, Customer> _customers = [];
    readonly ConcurrentDictionary<long, string> _orders = [];
    readonly ConcurrentQueue<string> _failures = [];
    int _number;
    long _seeded;

    public ICollection<Customer> Customers => _customers.Values;

    public int Orders => _orders.Count;

    public int Transactions => _number;

    public bool Holds => _failures.IsEmpty;

    /// <summary>What was wrong; of many failures, the first.</summary>
    public IEnumerable<string> Failures =>
        _failures.Count <= MostNamed ? _failures : [.. _failures.Take(MostNamed), $"… and {_failures.Count - MostNamed} more"];

    /// <summary>Every write has a number of its own, so that no two write the same.</summary>
    public int NextNumber() => Interlocked.Increment(ref _number);

    /// <summary>A customer that both versions may write to.</summary>
    public long AnyCustomer() => Random.Shared.NextInt64(_seeded) + 1;

    public void Seeded(long id, string name, string? email)
    {
        Wrote("seed", id, customer => customer.WithName(name).WithOptionalEmail(email));
        _seeded = Math.Max(_seeded, id);
    }

    public void Wrote(string writer, long id, Func<Customer, Customer> change) =>
        _customers.AddOrUpdate(id, id => change(new(id, writer)), (_, customer) => change(customer with { Writer = writer }));

    public void Ordered(long id, long customer, int cents) => _orders[id] = Row.Of(customer, cents);

    public void Fail(string failure) => _failures.Enqueue(failure);

    /// <summary>Every row, whoever wrote it, is there as this version has to read it, and no other is.</summary>
    /// <returns>The customers that it read.</returns>
    public async Task<Dictionary<long, string>> CheckAsync(Shop shop)
    {
        var customers = await shop.ReadAsync(shop.CustomersQuery);
        Compare($"{shop.Name}, customer", _customers.ToDictionary(c => c.Key, c => shop.Expected(c.Value)), customers);
        Compare($"{shop.Name}, order", _orders, await shop.ReadAsync("SELECT id, customer_id, cents FROM orders"));
        return customers;
    }

    void Compare(string what, IReadOnlyDictionary<long, string> written, IReadOnlyDictionary<long, string> read)
    {
        foreach (var id in written.Keys.Union(read.Keys))
        {
            var (expected, found) = (written.GetValueOrDefault(id, "nothing"), read.GetValueOrDefault(id, "nothing"));
            if (expected != found)
                Fail($"{what} {id}: written {expected}, read {found}");
        }
    }
}

/// <summary>A customer as either version has to read it, and who wrote it last.</summary>
sealed record Customer(long Id, string Writer)
{
    public string Name { get; private init; } = "";

    public string? Email { get; private init; }

    public string FirstName { get; private init; } = "";

    public string LastName { get; private init; } = "";

    public string RequiredEmail { get; private init; } = "";

    // Version 1 writes; version 2 reads what `up` makes of it.
    public Customer WithName(string name) =>
        this with { Name = name, FirstName = name.Split(' ')[0], LastName = name[(name.IndexOf(' ') + 1)..] };

    public Customer WithOptionalEmail(string? email) =>
        this with { Email = email, RequiredEmail = email ?? $"customer-{Id}@unknown.example" };

    // Version 2 writes; version 1 reads what `down` makes of it.
    public Customer WithNames(string first, string last) =>
        this with { FirstName = first, LastName = last, Name = $"{first} {last}" };

    public Customer WithEmail(string email) => this with { Email = email, RequiredEmail = email };
}

static class Row
{
    /// <summary>A row's values as one text, to compare and to show.</summary>
    public static string Of(params IEnumerable<object?> values) =>
        string.Join(" | ", values.Select(value => value is null or DBNull ? "NULL" : value));
}
