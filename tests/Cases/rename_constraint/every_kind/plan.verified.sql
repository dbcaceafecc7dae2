-- ==== start ====
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_03_change";
-- 'towns' as the new version sees it
CREATE VIEW "public_03_change"."towns" WITH (security_invoker = true) AS SELECT "id" FROM "public"."towns";
-- 'customers' as the new version sees it
CREATE VIEW "public_03_change"."customers" WITH (security_invoker = true) AS SELECT "id", "name", "email", "town" FROM "public"."customers";
-- 'bookings' as the new version sees it
CREATE VIEW "public_03_change"."bookings" WITH (security_invoker = true) AS SELECT "id", "room" FROM "public"."bookings";

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_bookings"."bookings", "public_02_bookings"."customers", "public"."bookings", "public"."customers"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_02_bookings" RENAME TO "_pgroll_gone_public_02_bookings";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_bookings"."customers";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_bookings"."bookings";
-- its final name
ALTER TABLE "public"."customers" RENAME CONSTRAINT "customers_name_check" TO "name_is_long";
-- its final name
ALTER TABLE "public"."customers" RENAME CONSTRAINT "customers_town_fk" TO "town_exists";
-- its final name
ALTER INDEX "public"."customers_email_key" RENAME TO "email_is_unique";
-- its final name
ALTER INDEX "public"."customers_pk" RENAME TO "customers_pkey";
-- its final name
ALTER INDEX "public"."bookings_room_excl" RENAME TO "one_room";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_bookings", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_03_change"."bookings", "public_03_change"."customers", "public"."bookings", "public"."customers"
ALTER SCHEMA "public_03_change" RENAME TO "_pgroll_gone_public_03_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_03_change"."customers";
DROP VIEW IF EXISTS "_pgroll_gone_public_03_change"."bookings";
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_03_change", its views in portions
