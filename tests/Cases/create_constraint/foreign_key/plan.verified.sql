-- ==== start ====
-- one short transaction
-- up of 'orders.zip'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_orders__zip"("zip" int) RETURNS int
LANGUAGE sql RETURN (CASE WHEN EXISTS (SELECT FROM towns AS t WHERE t.country = 'pt' AND 1 = 1 AND t.zip = 5) AND zip BETWEEN 1 AND 10 THEN zip END);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_orders__zip"(int) TO PUBLIC;
-- the new half of 'orders.country', which the old version does not see [ACCESS EXCLUSIVE on "public"."orders"]
ALTER TABLE "public"."orders" ADD COLUMN "_pgroll_new_country" text;
-- the new half of 'orders.zip', which the old version does not see [ACCESS EXCLUSIVE on "public"."orders"]
ALTER TABLE "public"."orders" ADD COLUMN "_pgroll_new_zip" int;
-- marks the rows of 'orders' that are still to be brought to the new version [ACCESS EXCLUSIVE on "public"."orders"]
ALTER TABLE "public"."orders" ADD COLUMN "_pgroll_needs_backfill" boolean NOT NULL DEFAULT true;
-- keeps both versions of a row of 'orders' in step
CREATE FUNCTION "public"."_pgroll_trigger_orders_country"() RETURNS trigger
LANGUAGE plpgsql AS $pgroll$
DECLARE
  by_old boolean;
  by_new boolean;
BEGIN
  IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
    by_old := NEW."country" IS DISTINCT FROM NULL OR NEW."zip" IS DISTINCT FROM NULL;
    by_new := NEW."_pgroll_new_country" IS DISTINCT FROM NULL OR NEW."_pgroll_new_zip" IS DISTINCT FROM NULL;
  ELSE
    by_old := CAST(ROW(OLD."country", OLD."zip") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."country", NEW."zip") AS pg_catalog.record);
    by_new := CAST(ROW(OLD."_pgroll_new_country", OLD."_pgroll_new_zip") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_country", NEW."_pgroll_new_zip") AS pg_catalog.record);
  END IF;
  IF NOT by_old AND NOT by_new THEN
    by_new := COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_change' AS pg_catalog.name)) OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_orders' AS pg_catalog.name)), 2147483647), false);
    by_old := NOT by_new;
  END IF;
  IF by_old AND NOT by_new THEN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."country") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."country") AS pg_catalog.record) THEN
      NEW."_pgroll_new_country" := NEW."country";
    END IF;
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."zip") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."zip") AS pg_catalog.record) THEN
      NEW."_pgroll_new_zip" := "public"."_pgroll_up_orders__zip"(NEW."zip");
    END IF;
  ELSE
    IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND OLD."_pgroll_needs_backfill" THEN
      IF CAST(ROW(OLD."_pgroll_new_country") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_country") AS pg_catalog.record) THEN
        OLD."_pgroll_new_country" := OLD."country";
      ELSE
        OLD."_pgroll_new_country" := OLD."country";
        NEW."_pgroll_new_country" := OLD."_pgroll_new_country";
      END IF;
      IF CAST(ROW(OLD."_pgroll_new_zip") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_zip") AS pg_catalog.record) THEN
        OLD."_pgroll_new_zip" := "public"."_pgroll_up_orders__zip"(OLD."zip");
      ELSE
        OLD."_pgroll_new_zip" := "public"."_pgroll_up_orders__zip"(OLD."zip");
        NEW."_pgroll_new_zip" := OLD."_pgroll_new_zip";
      END IF;
    END IF;
    IF NOT by_old THEN
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_country") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_country") AS pg_catalog.record) THEN
        NEW."country" := NEW."_pgroll_new_country";
      END IF;
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_zip") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_zip") AS pg_catalog.record) THEN
        NEW."zip" := NEW."_pgroll_new_zip";
      END IF;
    END IF;
  END IF;
  NEW."_pgroll_needs_backfill" := false;
  RETURN NEW;
END
$pgroll$;
-- whether an update of 'orders' matters to the other version
CREATE FUNCTION "public"."_pgroll_changed_orders"(anyelement, anyelement) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $pgroll$SELECT CAST(ROW(($1)."country", ($1)."zip", ($1)."_pgroll_new_country", ($1)."_pgroll_new_zip") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(($2)."country", ($2)."zip", ($2)."_pgroll_new_country", ($2)."_pgroll_new_zip") AS pg_catalog.record)$pgroll$;
GRANT EXECUTE ON FUNCTION "public"."_pgroll_changed_orders"(anyelement, anyelement) TO PUBLIC;
-- fires for rows that clients insert [SHARE ROW EXCLUSIVE on "public"."orders"]
CREATE TRIGGER "~pgroll_insert" BEFORE INSERT ON "public"."orders"
FOR EACH ROW WHEN (NEW."_pgroll_needs_backfill") EXECUTE FUNCTION "public"."_pgroll_trigger_orders_country"();
-- fires where an update matters to the other version [SHARE ROW EXCLUSIVE on "public"."orders"]
CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON "public"."orders"
FOR EACH ROW WHEN ((OLD."_pgroll_needs_backfill" AND NEW."_pgroll_needs_backfill") OR (NOT OLD."_pgroll_needs_backfill" AND "public"."_pgroll_changed_orders"(OLD.*, NEW.*))) EXECUTE FUNCTION "public"."_pgroll_trigger_orders_country"();
-- fires for apply workers and bulk loaders too [SHARE ROW EXCLUSIVE on "public"."orders"]
ALTER TABLE "public"."orders" ENABLE ALWAYS TRIGGER "~pgroll_insert", ENABLE ALWAYS TRIGGER "~pgroll_update";
-- in batches, a short transaction each
-- the rows of 'orders' that are there already
UPDATE "public"."orders" SET "_pgroll_new_country" = "country", "_pgroll_new_zip" = "public"."_pgroll_up_orders__zip"("zip"), "_pgroll_needs_backfill" = false WHERE "_pgroll_needs_backfill"; -- a range of the table at a time
-- statistics of the new columns, so that the new version's first queries are planned well [SHARE UPDATE EXCLUSIVE on "public"."orders"]
ANALYZE "public"."orders" ("_pgroll_new_country", "_pgroll_new_zip");
-- a short transaction each
-- foreign key 'orders_town_fk' for what is written from now on [SHARE ROW EXCLUSIVE on "public"."orders" and "public"."towns"]
ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_town_fk" FOREIGN KEY ("_pgroll_new_country", "_pgroll_new_zip") REFERENCES "public"."towns" ("country", "zip") ON DELETE SET NULL ("_pgroll_new_zip") ON UPDATE CASCADE NOT VALID;
-- while clients write, a transaction each
-- proves that existing rows satisfy 'orders_town_fk', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."orders"]
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "orders_town_fk";
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'towns' as the new version sees it
CREATE VIEW "public_02_change"."towns" WITH (security_invoker = true) AS SELECT "country", "zip" FROM "public"."towns";
-- 'orders' as the new version sees it
CREATE VIEW "public_02_change"."orders" WITH (security_invoker = true) AS SELECT "id", "_pgroll_new_country" AS "country", "_pgroll_new_zip" AS "zip" FROM "public"."orders";

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_01_orders"."orders", "public"."orders"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_01_orders" RENAME TO "_pgroll_gone_public_01_orders";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_orders"."orders";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_insert" ON "public"."orders";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_update" ON "public"."orders";
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_trigger_orders_country"();
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_changed_orders"(anyelement, anyelement);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_orders__zip"(int);
-- what only the old version showed
ALTER TABLE "public"."orders" DROP COLUMN "country", DROP COLUMN "zip", DROP COLUMN "_pgroll_needs_backfill";
-- its final name
ALTER TABLE "public"."orders" RENAME COLUMN "_pgroll_new_country" TO "country";
-- its final name
ALTER TABLE "public"."orders" RENAME COLUMN "_pgroll_new_zip" TO "zip";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_orders", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_change"."orders", "public"."orders", "public"."towns"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."orders";
ALTER TABLE "public"."orders" DROP CONSTRAINT IF EXISTS "orders_town_fk";
DROP TRIGGER IF EXISTS "~pgroll_update" ON "public"."orders";
DROP TRIGGER IF EXISTS "~pgroll_insert" ON "public"."orders";
DROP FUNCTION IF EXISTS "public"."_pgroll_changed_orders"(anyelement, anyelement);
DROP FUNCTION IF EXISTS "public"."_pgroll_trigger_orders_country"();
ALTER TABLE "public"."orders" DROP COLUMN IF EXISTS "_pgroll_needs_backfill";
ALTER TABLE "public"."orders" DROP COLUMN IF EXISTS "_pgroll_new_zip";
ALTER TABLE "public"."orders" DROP COLUMN IF EXISTS "_pgroll_new_country";
DROP FUNCTION IF EXISTS "public"."_pgroll_up_orders__zip"(int);
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
