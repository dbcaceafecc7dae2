-- ==== start ====
-- one short transaction
-- column 'customers.country', which the old version does not see [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD COLUMN "_pgroll_new_country" char(2) NOT NULL DEFAULT ('DE');
-- column 'customers.seen', which the old version does not see [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD COLUMN "_pgroll_new_seen" timestamptz NOT NULL DEFAULT (now());
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'customers' as the new version sees it
CREATE VIEW "public_02_change"."customers" WITH (security_invoker = true) AS SELECT "id", "name", "email", "credit", "joined", "_pgroll_new_country" AS "country", "_pgroll_new_seen" AS "seen" FROM "public"."customers";

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public"."customers"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_01_customers" RENAME TO "_pgroll_gone_public_01_customers";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_customers"."customers";
-- its final name
ALTER TABLE "public"."customers" RENAME COLUMN "_pgroll_new_country" TO "country";
-- its final name
ALTER TABLE "public"."customers" RENAME COLUMN "_pgroll_new_seen" TO "seen";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_customers", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public"."customers"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."customers";
ALTER TABLE "public"."customers" DROP COLUMN IF EXISTS "_pgroll_new_seen";
ALTER TABLE "public"."customers" DROP COLUMN IF EXISTS "_pgroll_new_country";
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
