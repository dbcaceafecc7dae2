using Minimal;
using Npgsql;

// The app works on the version of the schema that it was built for; others may be live beside it.
var connectionString = Environment.GetEnvironmentVariable("SHOP_DATABASE") ?? "Host=localhost;Database=shop";
await using var database = NpgsqlDataSource.Create(
    new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = SchemaVersion.Current });

await using var command = database.CreateCommand("SELECT count(*) FROM customers");
Console.WriteLine($"{await command.ExecuteScalarAsync()} customers in {SchemaVersion.Current}");
