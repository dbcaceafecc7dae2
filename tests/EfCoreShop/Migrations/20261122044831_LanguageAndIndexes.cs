using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Store.Migrations
{
    /// <inheritdoc />
    public partial class LanguageAndIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Order_CustomerId",
                table: "Order");

            migrationBuilder.AlterColumn<string>(
                name: "Name",
                table: "Customer",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(100)",
                oldMaxLength: 100);

            migrationBuilder.AddColumn<string>(
                name: "Language",
                table: "Customer",
                type: "character varying(5)",
                maxLength: 5,
                nullable: true,
                defaultValue: "en");

            migrationBuilder.CreateIndex(
                name: "IX_Order_CustomerId_PlacedAt",
                table: "Order",
                columns: new[] { "CustomerId", "PlacedAt" },
                descending: new[] { false, true });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Order_CustomerId_PlacedAt",
                table: "Order");

            migrationBuilder.DropColumn(
                name: "Language",
                table: "Customer");

            migrationBuilder.AlterColumn<string>(
                name: "Name",
                table: "Customer",
                type: "character varying(100)",
                maxLength: 100,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200);

            migrationBuilder.CreateIndex(
                name: "IX_Order_CustomerId",
                table: "Order",
                column: "CustomerId");
        }
    }
}
