-- They need a superuser, and see every DDL of the database.
CREATE EVENT TRIGGER pg_roll_handle_ddl ON ddl_command_end EXECUTE FUNCTION pgroll.raw_migration();
CREATE EVENT TRIGGER pg_roll_handle_drop ON sql_drop EXECUTE FUNCTION pgroll.raw_migration();
