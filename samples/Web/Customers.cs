using Microsoft.EntityFrameworkCore;

namespace Shop;

/// <summary>What the app does with customers. Who changes one says which version of it he has read.</summary>
static class Customers
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/customers", static (ShopContext shop) => shop.Customers.AsNoTracking().OrderBy(c => c.Id).ToListAsync());
        app.MapPost("/customers", static async (ShopContext shop, CustomerInput input) =>
        {
            var customer = new Customer { FirstName = input.FirstName, LastName = input.LastName, Email = input.Email };
            shop.Add(customer);
            await shop.SaveChangesAsync();
            return Results.Created($"/customers/{customer.Id}", customer);
        });
        app.MapGet("/customers/{id}", static async (ShopContext shop, long id) =>
            await shop.Customers.FindAsync(id) is { } customer ? Results.Ok(customer) : Results.NotFound());
        app.MapPut("/customers/{id}", ChangeAsync);
    }

    static async Task<IResult> ChangeAsync(ShopContext shop, long id, uint version, CustomerInput input)
    {
        if (await shop.Customers.FindAsync(id) is not { } customer)
            return Results.NotFound();
        shop.Entry(customer).Property(c => c.Version).OriginalValue = version;
        (customer.FirstName, customer.LastName, customer.Email) = (input.FirstName, input.LastName, input.Email);
        try
        {
            await shop.SaveChangesAsync();
            return Results.Ok(customer);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Results.Conflict($"Somebody has changed customer {id} since version {version}. Read it again.");
        }
    }
}

sealed record CustomerInput(string FirstName, string LastName, string Email);
