-- ==== start ====
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'We"ird. Table' as the new version sees it
CREATE VIEW "public_02_change"."We""ird. Table" WITH (security_invoker = true) AS SELECT "select", "Ünï ""code""", "_x", "1st", "a sixty-three byte name, exactly as long as PostgreSQL takes it", "Name", "$body$" FROM "public"."We""ird. Table";

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public"."We""ird. Table"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_01_table" RENAME TO "_pgroll_gone_public_01_table";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_table"."We""ird. Table";
-- afterwards, outside of a transaction
-- index 'index on "x"' is no longer wanted [SHARE UPDATE EXCLUSIVE on "public"."We""ird. Table"]
DROP INDEX CONCURRENTLY IF EXISTS "public"."index on ""x""";
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_table", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public"."We""ird. Table"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."We""ird. Table";
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
