using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Store.Migrations
{
    /// <inheritdoc />
    public partial class Renames : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Employee_Warehouse_WarehouseId",
                table: "Employee");

            migrationBuilder.DropForeignKey(
                name: "FK_Stock_Warehouse_WarehouseId",
                table: "Stock");

            migrationBuilder.DropPrimaryKey(
                name: "PK_Warehouse",
                table: "Warehouse");

            migrationBuilder.RenameTable(
                name: "Warehouse",
                newName: "Depots");

            migrationBuilder.RenameColumn(
                name: "Name",
                table: "Customer",
                newName: "FullName");

            migrationBuilder.AddPrimaryKey(
                name: "PK_Depots",
                table: "Depots",
                column: "Id");

            migrationBuilder.AddForeignKey(
                name: "FK_Employee_Depots_WarehouseId",
                table: "Employee",
                column: "WarehouseId",
                principalTable: "Depots",
                principalColumn: "Id");

            migrationBuilder.AddForeignKey(
                name: "FK_Stock_Depots_WarehouseId",
                table: "Stock",
                column: "WarehouseId",
                principalTable: "Depots",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Employee_Depots_WarehouseId",
                table: "Employee");

            migrationBuilder.DropForeignKey(
                name: "FK_Stock_Depots_WarehouseId",
                table: "Stock");

            migrationBuilder.DropPrimaryKey(
                name: "PK_Depots",
                table: "Depots");

            migrationBuilder.RenameTable(
                name: "Depots",
                newName: "Warehouse");

            migrationBuilder.RenameColumn(
                name: "FullName",
                table: "Customer",
                newName: "Name");

            migrationBuilder.AddPrimaryKey(
                name: "PK_Warehouse",
                table: "Warehouse",
                column: "Id");

            migrationBuilder.AddForeignKey(
                name: "FK_Employee_Warehouse_WarehouseId",
                table: "Employee",
                column: "WarehouseId",
                principalTable: "Warehouse",
                principalColumn: "Id");

            migrationBuilder.AddForeignKey(
                name: "FK_Stock_Warehouse_WarehouseId",
                table: "Stock",
                column: "WarehouseId",
                principalTable: "Warehouse",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
