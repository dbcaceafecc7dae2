using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

// What `dotnet ef migrations script` writes, and what it writes with --idempotent.
using var context = new Store.Factory().CreateDbContext([]);
var migrator = context.GetService<IMigrator>();
File.WriteAllText(Path.Combine(args[0], "ef_core_shop.sql"), migrator.GenerateScript());
File.WriteAllText(Path.Combine(args[0], "ef_core_shop_idempotent.sql"), migrator.GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent));

namespace Store
{
    public sealed class Factory : IDesignTimeDbContextFactory<StoreContext>
    {
        public StoreContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<StoreContext>().UseNpgsql("Host=nowhere").Options);
    }
}
