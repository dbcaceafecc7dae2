using Microsoft.EntityFrameworkCore;

namespace Shop;

/// <summary>How tables are named in SQL: by the search path, or with the schema that they are in.</summary>
sealed record TableNames(string? Schema);

sealed class ShopContext(DbContextOptions<ShopContext> options, TableNames names) : DbContext(options)
{
    public DbSet<Customer> Customers => Set<Customer>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        // Statements then say whose version they mean, whatever the path is.
        if (names.Schema is { } schema)
            modelBuilder.HasDefaultSchema(schema);
        modelBuilder.Entity<Customer>(customer =>
        {
            customer.ToTable("customers");
            customer.Property(c => c.Id).HasColumnName("id");
            customer.Property(c => c.FirstName).HasColumnName("first_name");
            customer.Property(c => c.LastName).HasColumnName("last_name");
            customer.Property(c => c.Email).HasColumnName("email");
            // The transaction that wrote the row last. Views have it where `start --expose-xmin` made them.
            customer.Property(c => c.Version).IsRowVersion();
        });
    }
}

sealed class Customer
{
    public long Id { get; init; }

    public required string FirstName { get; set; }

    public required string LastName { get; set; }

    public required string Email { get; set; }

    public uint Version { get; init; }
}
