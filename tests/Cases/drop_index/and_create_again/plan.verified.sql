-- ==== start ====
-- outside of a transaction, while clients write
-- index 'customers_name_idx', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."customers"]
CREATE INDEX CONCURRENTLY "_pgroll_new_customers_name_idx" ON "public"."customers" USING btree ("name" DESC);
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'customers' as the new version sees it
CREATE VIEW "public_02_change"."customers" WITH (security_invoker = true) AS SELECT "id", "name", "email", "credit", "joined" FROM "public"."customers";

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public"."customers"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_01_customers" RENAME TO "_pgroll_gone_public_01_customers";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_customers"."customers";
-- index 'customers_name_idx' makes room for another of its name
DROP INDEX "public"."customers_name_idx";
-- its final name
ALTER INDEX "public"."_pgroll_new_customers_name_idx" RENAME TO "customers_name_idx";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_customers", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public"."customers"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."customers";
DROP INDEX IF EXISTS "public"."_pgroll_new_customers_name_idx";
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
