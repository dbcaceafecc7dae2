-- ==== start ====
-- one short transaction
-- table 'customers', which the old version does not see
CREATE TABLE "public"."_pgroll_new_customers" (
  "id" bigserial NOT NULL,
  "email" text NOT NULL,
  CONSTRAINT "_pgroll_new_customers_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "_pgroll_new_customers_email_key" UNIQUE ("email")
);
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'customers' as the new version sees it
CREATE VIEW "public_02_change"."customers" WITH (security_invoker = true) AS SELECT "id", "email" FROM "public"."_pgroll_new_customers";

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_01_customers"."customers", "public"."_pgroll_new_customers", "public"."customers"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_01_customers" RENAME TO "_pgroll_gone_public_01_customers";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_customers"."customers";
-- table 'customers' and its rows, which only the old version showed
DROP TABLE "public"."customers";
-- its final name
ALTER INDEX "public"."_pgroll_new_customers_pkey" RENAME TO "customers_pkey";
-- its final name
ALTER INDEX "public"."_pgroll_new_customers_email_key" RENAME TO "customers_email_key";
-- its final name
ALTER SEQUENCE "public"."_pgroll_new_customers_id_seq" RENAME TO "customers_id_seq";
-- its final name
ALTER TABLE "public"."_pgroll_new_customers" RENAME TO "customers";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_customers", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_change"."customers", "public"."_pgroll_new_customers", "public"."customers"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."customers";
DROP TABLE IF EXISTS "public"."_pgroll_new_customers";
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
