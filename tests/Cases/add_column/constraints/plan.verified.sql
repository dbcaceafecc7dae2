-- ==== start ====
-- one short transaction
-- column 'customers.parent', which the old version does not see [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD COLUMN "_pgroll_new_parent" int;
-- check 'parent_not_self' for what is written from now on [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD CONSTRAINT "parent_not_self" CHECK ("_pgroll_new_parent" <> "id") NOT VALID;
-- outside of a transaction, while clients write
-- index 'parent', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."customers"]
CREATE UNIQUE INDEX CONCURRENTLY "_pgroll_uniq_parent" ON "public"."customers" ("_pgroll_new_parent");
-- a short transaction each
-- foreign key 'customers_parent_fk' for what is written from now on [SHARE ROW EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD CONSTRAINT "customers_parent_fk" FOREIGN KEY ("_pgroll_new_parent") REFERENCES "public"."customers" ("id") ON DELETE SET NULL NOT VALID;
-- while clients write, a transaction each
-- proves that existing rows satisfy 'parent_not_self', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" VALIDATE CONSTRAINT "parent_not_self";
-- proves that existing rows satisfy 'customers_parent_fk', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" VALIDATE CONSTRAINT "customers_parent_fk";
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'customers' as the new version sees it
CREATE VIEW "public_02_change"."customers" WITH (security_invoker = true) AS SELECT "id", "name", "email", "credit", "joined", "_pgroll_new_parent" AS "parent" FROM "public"."customers";

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public"."customers"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_01_customers" RENAME TO "_pgroll_gone_public_01_customers";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_customers"."customers";
-- its final name
ALTER TABLE "public"."customers" RENAME COLUMN "_pgroll_new_parent" TO "parent";
-- 'parent' adopts its index
ALTER TABLE "public"."customers" ADD CONSTRAINT "parent" UNIQUE USING INDEX "_pgroll_uniq_parent";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_customers", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public"."customers"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."customers";
ALTER TABLE "public"."customers" DROP CONSTRAINT IF EXISTS "customers_parent_fk";
DROP INDEX IF EXISTS "public"."_pgroll_uniq_parent";
ALTER TABLE "public"."customers" DROP CONSTRAINT IF EXISTS "parent_not_self";
ALTER TABLE "public"."customers" DROP COLUMN IF EXISTS "_pgroll_new_parent";
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
