using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Store;

public enum OrderState { Open, Paid, Sent }

public sealed class Customer { public int Id { get; set; } public required string Name { get; set; } public string? Email { get; set; } public required Address Home { get; set; } public List<Order> Orders { get; } = []; public List<Phone> Phones { get; } = []; }

[ComplexType]
public sealed class Address { public required string Street { get; set; } public string? City { get; set; } public string? Zip { get; set; } }

public sealed class Phone { public required string Number { get; set; } public string? Kind { get; set; } }

public sealed class Order { public long Id { get; set; } public int CustomerId { get; set; } public Customer? Customer { get; set; } public OrderState State { get; set; } public DateTimeOffset PlacedAt { get; set; } public List<OrderLine> Lines { get; } = []; }

public sealed class OrderLine { public long OrderId { get; set; } public int Number { get; set; } public int ProductId { get; set; } public Product? Product { get; set; } public int Quantity { get; set; } public decimal Price { get; set; } public decimal Total { get; private set; } }

public sealed class Product { public int Id { get; set; } public required string Sku { get; set; } public required string Title { get; set; } public decimal Price { get; set; } public string[] Labels { get; set; } = []; public int? CategoryId { get; set; } public Category? Category { get; set; } public List<Tag> Tags { get; } = []; public byte[]? Picture { get; set; } }

public sealed class Category { public int Id { get; set; } public required string Name { get; set; } public int? ParentId { get; set; } public Category? Parent { get; set; } }

public sealed class Tag { public Guid Id { get; set; } public required string Name { get; set; } public List<Product> Products { get; } = []; }

public abstract class Payment { public long Id { get; set; } public long OrderId { get; set; } public Order? Order { get; set; } public decimal Amount { get; set; } }
public sealed class CardPayment : Payment { public required string LastFour { get; set; } }
public sealed class TransferPayment : Payment { public required string Iban { get; set; } }

public sealed class Invoice { public int Id { get; set; } public required string Number { get; set; } public long OrderId { get; set; } public Order? Order { get; set; } public DateOnly DueOn { get; set; } public bool IsPaid { get; set; } }

public sealed class Warehouse { public short Id { get; set; } public required string Code { get; set; } public required Address Place { get; set; } }

public sealed class Stock { public short WarehouseId { get; set; } public Warehouse? Warehouse { get; set; } public int ProductId { get; set; } public Product? Product { get; set; } public int Count { get; set; } }

public sealed class Movement { public Guid Id { get; set; } public short WarehouseId { get; set; } public int ProductId { get; set; } public Stock? Stock { get; set; } public int Change { get; set; } public DateTime At { get; set; } }

public sealed class Supplier { public int Id { get; set; } public required string Name { get; set; } public string? TaxNumber { get; set; } public List<Supply> Supplies { get; } = []; }

public sealed class Supply { public int SupplierId { get; set; } public int ProductId { get; set; } public Product? Product { get; set; } public TimeSpan Delay { get; set; } public double Rating { get; set; } }

public sealed class Review { public long Id { get; set; } public int ProductId { get; set; } public Product? Product { get; set; } public int? CustomerId { get; set; } public Customer? Customer { get; set; } public short Stars { get; set; } public string? Text { get; set; } }

public sealed class Coupon { public required string Code { get; set; } public decimal? Percent { get; set; } public DateTimeOffset? ValidUntil { get; set; } }

public sealed class Campaign { public int Id { get; set; } public required string Title { get; set; } public List<Coupon> Coupons { get; } = []; }

public sealed class Employee { public int Id { get; set; } public required string Login { get; set; } public int? ManagerId { get; set; } public Employee? Manager { get; set; } public short? WarehouseId { get; set; } public Warehouse? Warehouse { get; set; } }

public sealed class Shift { public int EmployeeId { get; set; } public Employee? Employee { get; set; } public DateOnly Day { get; set; } public TimeOnly From { get; set; } public TimeOnly Until { get; set; } }

public sealed class Parcel { public long Id { get; set; } public long OrderId { get; set; } public Order? Order { get; set; } public required string Tracking { get; set; } public float Weight { get; set; } }

public sealed class ParcelEvent { public long ParcelId { get; set; } public Parcel? Parcel { get; set; } public int Sequence { get; set; } public required string What { get; set; } }

public sealed class Setting { public required string Key { get; set; } public string? Value { get; set; } }

public sealed class AuditEntry { public long Id { get; set; } public required string Table { get; set; } public required string Before { get; set; } public uint Version { get; set; } }

public sealed class Wish { public int CustomerId { get; set; } public Customer? Customer { get; set; } public int ProductId { get; set; } public Product? Product { get; set; } }

/// <summary>A shop as it grew in five migrations; the stage says how far it is.</summary>
public sealed class StoreContext(DbContextOptions<StoreContext> options) : DbContext(options)
{
    static readonly int stage = int.Parse(Environment.GetEnvironmentVariable("STORE_STAGE") ?? "5", System.Globalization.CultureInfo.InvariantCulture);

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<Customer>(b =>
        {
            b.Property(c => c.Name).HasMaxLength(stage < 2 ? 100 : 200);
            b.HasIndex(c => c.Email).IsUnique();
            b.ComplexProperty(c => c.Home);
            b.OwnsMany(c => c.Phones, p => { p.HasKey("CustomerId", nameof(Phone.Number)); p.Property(x => x.Number).HasMaxLength(30); });
            b.ToTable(t => t.HasComment("who buys"));
            if (stage >= 2)
                b.Property<string>("Language").HasMaxLength(5).HasDefaultValue("en");
            if (stage >= 4)
                b.Property(c => c.Name).HasColumnName("FullName");
        });
        model.Entity<Order>(b =>
        {
            b.Property(o => o.Id).UseIdentityAlwaysColumn();
            b.Property(o => o.State).HasConversion<string>().HasMaxLength(20);
            b.Property(o => o.PlacedAt).HasDefaultValueSql("now()");
            b.HasOne(o => o.Customer).WithMany(c => c.Orders).OnDelete(DeleteBehavior.Restrict);
            if (stage >= 2)
                b.HasIndex(o => new { o.CustomerId, o.PlacedAt }).IsDescending(false, true);
            if (stage >= 3)
                b.Property<string?>("Note");
            if (stage >= 3)
                b.Property<int?>("CouponId");
        });
        model.Entity<OrderLine>(b =>
        {
            b.HasKey(l => new { l.OrderId, l.Number });
            b.Property(l => l.Price).HasPrecision(10, 2);
            b.Property(l => l.Total).HasPrecision(12, 2).HasComputedColumnSql("\"Price\" * \"Quantity\"", stored: true);
            b.ToTable(t => t.HasCheckConstraint("CK_OrderLine_Quantity", "\"Quantity\" > 0"));
        });
        model.Entity<Product>(b =>
        {
            b.HasAlternateKey(p => p.Sku);
            b.Property(p => p.Sku).HasMaxLength(40);
            b.Property(p => p.Price).HasPrecision(stage < 3 ? 8 : 10, 2);
            b.HasIndex(p => p.Title).HasFilter("\"CategoryId\" IS NOT NULL").IncludeProperties(p => p.Price);
            b.HasIndex(p => p.Labels).HasMethod("gin");
            b.HasMany(p => p.Tags).WithMany(t => t.Products);
            b.HasOne(p => p.Category).WithMany().OnDelete(DeleteBehavior.SetNull);
            if (stage >= 3)
                b.Property<bool>("IsHidden");
        });
        model.Entity<Category>().HasIndex(c => new { c.ParentId, c.Name }).IsUnique().AreNullsDistinct(true);
        model.Entity<Tag>().Property(t => t.Id).HasDefaultValueSql("gen_random_uuid()");
        model.Entity<Payment>().HasDiscriminator<string>("Kind").HasValue<CardPayment>("card").HasValue<TransferPayment>("transfer");
        model.Entity<Payment>().Property(p => p.Amount).HasColumnType("numeric(12,2)");
        model.Entity<Invoice>(b =>
        {
            b.HasIndex(i => i.Number).IsUnique();
            if (stage >= 5)
                b.Property(i => i.Number).HasMaxLength(50);
            b.HasOne(i => i.Order).WithOne().HasForeignKey<Invoice>(i => i.OrderId);
        });
        model.Entity<Warehouse>(b =>
        {
            b.ComplexProperty(w => w.Place);
            b.Property(w => w.Code).HasMaxLength(8).IsFixedLength();
            if (stage >= 4)
                b.ToTable("Depots");
        });
        model.Entity<Stock>().HasKey(s => new { s.WarehouseId, s.ProductId });
        model.Entity<Movement>().HasOne(m => m.Stock).WithMany().HasForeignKey(m => new { m.WarehouseId, m.ProductId });
        model.Entity<Movement>().Property(m => m.At).HasColumnType("timestamp without time zone");
        model.Entity<Supplier>().HasMany(s => s.Supplies).WithOne().HasForeignKey(s => s.SupplierId);
        model.Entity<Supply>().HasKey(s => new { s.SupplierId, s.ProductId });
        model.Entity<Review>(b =>
        {
            b.ToTable(t => t.HasCheckConstraint("CK_Review_Stars", "\"Stars\" BETWEEN 1 AND 5"));
            if (stage >= 5)
                b.Ignore(r => r.Text);
        });
        model.Entity<Coupon>().HasKey(c => c.Code);
        model.Entity<Campaign>().HasMany(c => c.Coupons).WithMany();
        model.Entity<Employee>().HasIndex(e => e.Login).IsUnique();
        model.Entity<Shift>().HasKey(s => new { s.EmployeeId, s.Day });
        model.Entity<Parcel>().Property(p => p.Tracking).UseCollation("C");
        model.Entity<ParcelEvent>().HasKey(e => new { e.ParcelId, e.Sequence });
        model.Entity<Setting>().HasKey(s => s.Key);
        if (stage < 5)
            model.Entity<Setting>().Property(s => s.Value).HasDefaultValue("");
        model.Entity<AuditEntry>(b => { b.Property(a => a.Before).HasColumnType("jsonb"); b.Property(a => a.Version).IsRowVersion(); });
        if (stage >= 3)
            model.Entity<Wish>().HasKey(w => new { w.CustomerId, w.ProductId });
        else
            model.Ignore<Wish>();
    }
}
