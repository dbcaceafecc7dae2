namespace PgRoll.Build.Migrations;

static class Checksum
{
    public static string Of(Migration migration) => migration.Name;
}
