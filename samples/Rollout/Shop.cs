using System.Diagnostics;
using Npgsql;

namespace Rollout;

/// <summary>Version 1 of the app: a customer has a name, and perhaps an email address.</summary>
sealed class ShopV1(string connectionString, Proof proof) : Shop("version 1", connectionString, SchemaVersion.Previous!, proof)
{
    static readonly string[] Names = ["Ada King", "Ana Maria Silva", "Li Wei", "Olu van der Berg"];

    /// <summary>Fills the shop with customers who have ordered once.</summary>
    public async Task SeedAsync(int customers)
    {
        await using (var insert = Database.CreateCommand(
            """
            INSERT INTO customers (name, email)
            SELECT 'Early Bird ' || i, CASE WHEN i % 2 = 0 THEN 'user' || i || '@seed.example' END FROM generate_series(1, $1) AS i
            RETURNING id, name, email
            """))
        {
            insert.Parameters.Add(new() { Value = customers });
            await using var rows = await insert.ExecuteReaderAsync();
            while (await rows.ReadAsync())
                Proof.Seeded(rows.GetInt64(0), rows.GetString(1), rows.IsDBNull(2) ? null : rows.GetString(2));
        }
        await using (var insert = Database.CreateCommand(
            "INSERT INTO orders (customer_id, cents) SELECT id, 100 FROM customers RETURNING id, customer_id, cents"))
        {
            await using var rows = await insert.ExecuteReaderAsync();
            while (await rows.ReadAsync())
                Proof.Ordered(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt32(2));
        }
    }

    public override string CustomersQuery => "SELECT id, name, email FROM customers";

    public override string Expected(Customer customer) => Row.Of(customer.Name, customer.Email);

    protected override async Task<long> RegisterAsync(NpgsqlConnection connection, int number)
    {
        var (name, email) = (NameOf(number), EmailOf(number));
        var id = await ExecuteAsync(connection, "INSERT INTO customers (name, email) VALUES ($1, $2) RETURNING id", name, email);
        Proof.Wrote(Name, id, customer => customer.WithName(name).WithOptionalEmail(email));
        return id;
    }

    protected override async Task RenameAsync(NpgsqlConnection connection, long id, int number)
    {
        var name = NameOf(number);
        await ExecuteAsync(connection, "UPDATE customers SET name = $2 WHERE id = $1 RETURNING id", id, name);
        Proof.Wrote(Name, id, customer => customer.WithName(name));
    }

    protected override async Task ChangeEmailAsync(NpgsqlConnection connection, long id, int number)
    {
        var email = EmailOf(number);
        await ExecuteAsync(connection, "UPDATE customers SET email = $2 WHERE id = $1 RETURNING id", id, email);
        Proof.Wrote(Name, id, customer => customer.WithOptionalEmail(email));
    }

    static string NameOf(int number) => $"{Names[number % Names.Length]} {number}";

    static string? EmailOf(int number) => number % 2 == 0 ? $"user{number}@v1.example" : null;
}

/// <summary>Version 2: first and last name, and always an email address.</summary>
sealed class ShopV2(string connectionString, Proof proof) : Shop("version 2", connectionString, SchemaVersion.Current, proof)
{
    static readonly (string First, string Last)[] Names = [("Ada", "King"), ("Ana Maria", "Silva"), ("Wei", "Li"), ("Olu", "van der Berg")];

    public override string CustomersQuery => "SELECT id, first_name, last_name, email FROM customers";

    public override string Expected(Customer customer) => Row.Of(customer.FirstName, customer.LastName, customer.RequiredEmail);

    protected override async Task<long> RegisterAsync(NpgsqlConnection connection, int number)
    {
        var ((first, last), email) = (NameOf(number), EmailOf(number));
        var id = await ExecuteAsync(
            connection, "INSERT INTO customers (first_name, last_name, email) VALUES ($1, $2, $3) RETURNING id", first, last, email);
        Proof.Wrote(Name, id, customer => customer.WithNames(first, last).WithEmail(email));
        return id;
    }

    protected override async Task RenameAsync(NpgsqlConnection connection, long id, int number)
    {
        var (first, last) = NameOf(number);
        await ExecuteAsync(
            connection, "UPDATE customers SET first_name = $2, last_name = $3 WHERE id = $1 RETURNING id", id, first, last);
        Proof.Wrote(Name, id, customer => customer.WithNames(first, last));
    }

    protected override async Task ChangeEmailAsync(NpgsqlConnection connection, long id, int number)
    {
        var email = EmailOf(number);
        await ExecuteAsync(connection, "UPDATE customers SET email = $2 WHERE id = $1 RETURNING id", id, email);
        Proof.Wrote(Name, id, customer => customer.WithEmail(email));
    }

    static (string First, string Last) NameOf(int number) =>
        Names[number % Names.Length] is var (first, last) ? (first, $"{last} {number}") : default;

    static string EmailOf(int number) => $"user{number}@v2.example";
}

/// <summary>
/// What both versions have in common. The app knows nothing of rollouts: it has its version's schema on the search path, writes what its
/// users do, one transaction after the other, and does not try again when one fails.
/// </summary>
abstract class Shop(string name, string connectionString, string versionSchema, Proof proof) : IAsyncDisposable
{
    // Statements are prepared, as in many apps: they have to outlive the rollout as well.
    protected readonly NpgsqlDataSource Database = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = versionSchema, MaxAutoPrepare = 20 });

    volatile bool _isOpen;
    Task _work = Task.CompletedTask;
    int _transactions;
    TimeSpan _slowest;

    public string Name => name;

    /// <summary>Customers as this version reads them, the id first.</summary>
    public abstract string CustomersQuery { get; }

    protected Proof Proof => proof;

    /// <summary>What <see cref="CustomersQuery"/> has to give for a customer.</summary>
    public abstract string Expected(Customer customer);

    /// <summary>Lets the users in.</summary>
    public void Open()
    {
        _isOpen = true;
        _work = Task.Run(ServeAsync);
    }

    /// <summary>Ends when the last transaction has.</summary>
    public async Task CloseAsync()
    {
        _isOpen = false;
        await _work;
    }

    /// <summary>Rows as this version sees them, by id.</summary>
    public async Task<Dictionary<long, string>> ReadAsync(string query)
    {
        await using var command = Database.CreateCommand(query);
        await using var reader = await command.ExecuteReaderAsync();
        Dictionary<long, string> rows = [];
        while (await reader.ReadAsync())
            rows.Add(reader.GetInt64(0), Row.Of([.. Enumerable.Range(1, reader.FieldCount - 1).Select(reader.GetValue)]));
        return rows;
    }

    /// <summary>What it did since it was asked last.</summary>
    public string Account()
    {
        var (transactions, slowest) = (Interlocked.Exchange(ref _transactions, 0), _slowest);
        _slowest = default;
        return $"{name} committed {transactions:N0} transactions, the slowest in {slowest.TotalMilliseconds:N0} ms";
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await Database.DisposeAsync();
    }

    protected abstract Task<long> RegisterAsync(NpgsqlConnection connection, int number);

    protected abstract Task RenameAsync(NpgsqlConnection connection, long id, int number);

    protected abstract Task ChangeEmailAsync(NpgsqlConnection connection, long id, int number);

    /// <summary>Every statement of the app returns the id of the one row that it wrote.</summary>
    protected static async Task<long> ExecuteAsync(NpgsqlConnection connection, string sql, params IEnumerable<object?> values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        return await command.ExecuteScalarAsync() is long id ? id : throw new InvalidOperationException($"no row was written by {sql}");
    }

    async Task ServeAsync()
    {
        do
        {
            var begun = Stopwatch.GetTimestamp();
            try
            {
                await SellAsync(proof.NextNumber());
            }
            catch (Exception problem) when (problem is NpgsqlException or InvalidOperationException)
            {
                proof.Fail($"{name} could not write: {problem.Message}");
                return;
            }
            Interlocked.Increment(ref _transactions);
            if (Stopwatch.GetElapsedTime(begun) is var time && time > _slowest)
                _slowest = time;
        }
        while (_isOpen);
    }

    async Task SellAsync(int number)
    {
        await using var connection = await Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        long customer;
        if (number % 3 == 0)
            customer = await RegisterAsync(connection, number);
        else if (number % 3 == 1)
            await RenameAsync(connection, customer = Proof.AnyCustomer(), number);
        else
            await ChangeEmailAsync(connection, customer = Proof.AnyCustomer(), number);
        var order = await ExecuteAsync(
            connection, "INSERT INTO orders (customer_id, cents) VALUES ($1, $2) RETURNING id", customer, number);
        proof.Ordered(order, customer, number);
        await transaction.CommitAsync();
    }
}
