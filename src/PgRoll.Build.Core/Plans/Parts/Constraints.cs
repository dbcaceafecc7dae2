using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Plans.Parts;

/// <summary>Constraints on tables in use: added without looking at the rows, then validated while clients write.</summary>
static class Constraints
{
    public static SqlStep AddCheck(CheckConstraint check, TableChange table, Schema schema) =>
        // ACCESS EXCLUSIVE, catalog only.
        new($"check '{check.Name}' for what is written from now on", Sql.Of(
            $"ALTER TABLE {table.Name} ADD CONSTRAINT {new Ident(check.Physical)} {ConstraintSql.Definition(check, table.After, schema)}{Unproven(check)}"))
        {
            Lock = new(LockMode.AccessExclusive, table.Name),
            Undo = Drop(check, table),
        };

    public static SqlStep AddForeignKey(ForeignKey key, TableChange table, Schema schema) =>
        // SHARE ROW EXCLUSIVE on both tables, catalog only. After the backfill: before, every batch would pay for the lookups.
        new($"foreign key '{key.Name}' for what is written from now on", Sql.Of(
            $"ALTER TABLE {table.Name} ADD CONSTRAINT {new Ident(key.Physical)} {ConstraintSql.Definition(key, table.After, schema)}{Unproven(key)}"))
        {
            Lock = ConstraintSql.Lock(key, table.Name, schema),
            Undo = Drop(key, table),
        };

    public static SqlStep Validate(Constraint constraint, TableChange table) =>
        // SHARE UPDATE EXCLUSIVE: clients go on reading and writing.
        new($"proves that existing rows satisfy '{constraint.Name}', while rollback is still free", Sql.Of(
            $"ALTER TABLE {table.Name} VALIDATE CONSTRAINT {new Ident(constraint.Physical)}"))
        {
            Lock = new(LockMode.ShareUpdateExclusive, table.Name),
        };

    static Sql Unproven(Constraint constraint) => constraint.IsEnforced ? Sql.Of($" NOT VALID") : Sql.Of($" NOT ENFORCED");

    static Sql Drop(Constraint constraint, TableChange table) =>
        Sql.Of($"ALTER TABLE {table.Name} DROP CONSTRAINT IF EXISTS {new Ident(constraint.Physical)}");
}
