namespace PgRoll.Build.Migrations;

static class MigrationJson
{
    public static string Write(Migration migration) => migration.Name;
}
