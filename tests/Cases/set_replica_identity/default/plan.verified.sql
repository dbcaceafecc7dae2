-- ==== start ====
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_03_change";
-- 'towns' as the new version sees it
CREATE VIEW "public_03_change"."towns" WITH (security_invoker = true) AS SELECT "id" FROM "public"."towns";
-- 'customers' as the new version sees it
CREATE VIEW "public_03_change"."customers" WITH (security_invoker = true) AS SELECT "id", "name", "email", "town" FROM "public"."customers";

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_full"."customers", "public"."customers"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_02_full" RENAME TO "_pgroll_gone_public_02_full";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_full"."customers";
-- what replicas are told of an old row
ALTER TABLE "public"."customers" REPLICA IDENTITY DEFAULT;
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_full", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_03_change"."customers", "public"."customers"
ALTER SCHEMA "public_03_change" RENAME TO "_pgroll_gone_public_03_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_03_change"."customers";
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_03_change", its views in portions
