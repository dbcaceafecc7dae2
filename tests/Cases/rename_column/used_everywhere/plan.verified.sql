-- ==== start ====
-- outside of a transaction, while clients write
-- index 'customers_first_idx', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."customers"]
CREATE INDEX CONCURRENTLY "customers_first_idx" ON "public"."customers" USING btree ("name" NULLS FIRST, "credit") WHERE ("credit" > 5);
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_03_change";
-- 'customers' as the new version sees it
CREATE VIEW "public_03_change"."customers" WITH (security_invoker = true) AS SELECT "id", "name", "email", "credit" AS "first", "joined", "bonus" FROM "public"."customers";

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public"."customers"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_02_more" RENAME TO "_pgroll_gone_public_02_more";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_more"."customers";
-- its final name
ALTER TABLE "public"."customers" RENAME COLUMN "credit" TO "first";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_more", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public"."customers"
ALTER SCHEMA "public_03_change" RENAME TO "_pgroll_gone_public_03_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_03_change"."customers";
DROP INDEX IF EXISTS "public"."customers_first_idx";
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_03_change", its views in portions
