using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop;

var builder = WebApplication.CreateBuilder(args);

// The app names the version of the schema that it was built for; others may be live beside it.
var connection = new NpgsqlConnectionStringBuilder(builder.Configuration.GetConnectionString("Shop") ?? "Host=localhost;Database=shop");
var isQualified = builder.Configuration.GetValue<bool>("QualifyTables");
if (!isQualified)
    connection.SearchPath = SchemaVersion.Current;

builder.Services.AddSingleton(NpgsqlDataSource.Create(connection));
builder.Services.AddSingleton(new TableNames(isQualified ? SchemaVersion.Current : null));
builder.Services.AddDbContext<ShopContext>(static (services, options) => options.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>()));
builder.Services.AddHealthChecks().AddCheck<SchemaVersionCheck>("schema");

var app = builder.Build();
app.MapHealthChecks("/live", new() { Predicate = static _ => false });
app.MapHealthChecks("/ready", new()
{
    ResponseWriter = static (context, report) => context.Response.WriteAsync(string.Join('\n', report.Entries.Select(entry => entry.Value.Description))),
});
Customers.Map(app);
app.Run();
