-- ==== start ====
-- one short transaction
-- down of 'orders.amount'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_orders__amount"("amount" int) RETURNS int
LANGUAGE sql RETURN (greatest(amount, 1));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_orders__amount"(int) TO PUBLIC;
-- the new half of 'orders.zip', which the old version does not see [ACCESS EXCLUSIVE on "public"."orders"]
ALTER TABLE "public"."orders" ADD COLUMN "_pgroll_new_zip" int;
-- the new half of 'orders.amount', which the old version does not see [ACCESS EXCLUSIVE on "public"."orders"]
ALTER TABLE "public"."orders" ADD COLUMN "_pgroll_new_amount" int;
-- marks the rows of 'orders' that are still to be brought to the new version [ACCESS EXCLUSIVE on "public"."orders"]
ALTER TABLE "public"."orders" ADD COLUMN "_pgroll_needs_backfill" boolean NOT NULL DEFAULT true;
-- keeps both versions of a row of 'orders' in step
CREATE FUNCTION "public"."_pgroll_trigger_orders_amount"() RETURNS trigger
LANGUAGE plpgsql AS $pgroll$
DECLARE
  by_old boolean;
  by_new boolean;
BEGIN
  IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
    by_old := NEW."zip" IS DISTINCT FROM NULL OR NEW."amount" IS DISTINCT FROM NULL;
    by_new := NEW."_pgroll_new_zip" IS DISTINCT FROM NULL OR NEW."_pgroll_new_amount" IS DISTINCT FROM NULL;
  ELSE
    by_old := CAST(ROW(OLD."zip", OLD."amount") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."zip", NEW."amount") AS pg_catalog.record);
    by_new := CAST(ROW(OLD."_pgroll_new_zip", OLD."_pgroll_new_amount") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_zip", NEW."_pgroll_new_amount") AS pg_catalog.record);
  END IF;
  IF NOT by_old AND NOT by_new THEN
    by_new := COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_change' AS pg_catalog.name)) OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_orders' AS pg_catalog.name)), 2147483647), false);
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NOT by_new AND pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_orders' AS pg_catalog.name)) IS NULL THEN
      by_new := NEW."amount" IS NOT DISTINCT FROM NULL;
    END IF;
    by_old := NOT by_new;
  END IF;
  IF by_old AND NOT by_new THEN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."zip") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."zip") AS pg_catalog.record) THEN
      NEW."_pgroll_new_zip" := NEW."zip";
    END IF;
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."amount") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."amount") AS pg_catalog.record) THEN
      NEW."_pgroll_new_amount" := NEW."amount";
    END IF;
  ELSE
    IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND OLD."_pgroll_needs_backfill" THEN
      IF CAST(ROW(OLD."_pgroll_new_zip") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_zip") AS pg_catalog.record) THEN
        OLD."_pgroll_new_zip" := OLD."zip";
      ELSE
        OLD."_pgroll_new_zip" := OLD."zip";
        NEW."_pgroll_new_zip" := OLD."_pgroll_new_zip";
      END IF;
      IF CAST(ROW(OLD."_pgroll_new_amount") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_amount") AS pg_catalog.record) THEN
        OLD."_pgroll_new_amount" := OLD."amount";
      ELSE
        OLD."_pgroll_new_amount" := OLD."amount";
        NEW."_pgroll_new_amount" := OLD."_pgroll_new_amount";
      END IF;
    END IF;
    IF NOT by_old THEN
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_zip") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_zip") AS pg_catalog.record) THEN
        NEW."zip" := NEW."_pgroll_new_zip";
      END IF;
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_amount") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_amount") AS pg_catalog.record) THEN
        NEW."amount" := "public"."_pgroll_down_orders__amount"(NEW."_pgroll_new_amount");
      END IF;
    END IF;
  END IF;
  NEW."_pgroll_needs_backfill" := false;
  RETURN NEW;
END
$pgroll$;
-- whether an update of 'orders' matters to the other version
CREATE FUNCTION "public"."_pgroll_changed_orders"(anyelement, anyelement) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $pgroll$SELECT CAST(ROW(($1)."zip", ($1)."amount", ($1)."_pgroll_new_zip", ($1)."_pgroll_new_amount") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(($2)."zip", ($2)."amount", ($2)."_pgroll_new_zip", ($2)."_pgroll_new_amount") AS pg_catalog.record)$pgroll$;
GRANT EXECUTE ON FUNCTION "public"."_pgroll_changed_orders"(anyelement, anyelement) TO PUBLIC;
-- fires for rows that clients insert [SHARE ROW EXCLUSIVE on "public"."orders"]
CREATE TRIGGER "~pgroll_insert" BEFORE INSERT ON "public"."orders"
FOR EACH ROW WHEN (NEW."_pgroll_needs_backfill") EXECUTE FUNCTION "public"."_pgroll_trigger_orders_amount"();
-- fires where an update matters to the other version [SHARE ROW EXCLUSIVE on "public"."orders"]
CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON "public"."orders"
FOR EACH ROW WHEN ((OLD."_pgroll_needs_backfill" AND NEW."_pgroll_needs_backfill") OR (NOT OLD."_pgroll_needs_backfill" AND "public"."_pgroll_changed_orders"(OLD.*, NEW.*))) EXECUTE FUNCTION "public"."_pgroll_trigger_orders_amount"();
-- fires for apply workers and bulk loaders too [SHARE ROW EXCLUSIVE on "public"."orders"]
ALTER TABLE "public"."orders" ENABLE ALWAYS TRIGGER "~pgroll_insert", ENABLE ALWAYS TRIGGER "~pgroll_update";
-- check '_pgroll_dup__pgroll_check_not_null_amount' for what is written from now on [ACCESS EXCLUSIVE on "public"."orders"]
ALTER TABLE "public"."orders" ADD CONSTRAINT "_pgroll_dup__pgroll_check_not_null_amount" CHECK ("_pgroll_new_amount" IS DISTINCT FROM NULL) NOT VALID;
-- in batches, a short transaction each
-- the rows of 'orders' that are there already
UPDATE "public"."orders" SET "_pgroll_new_zip" = "zip", "_pgroll_new_amount" = "amount", "_pgroll_needs_backfill" = false WHERE "_pgroll_needs_backfill"; -- a range of the table at a time
-- statistics of the new columns, so that the new version's first queries are planned well [SHARE UPDATE EXCLUSIVE on "public"."orders"]
ANALYZE "public"."orders" ("_pgroll_new_zip", "_pgroll_new_amount");
-- outside of a transaction, while clients write
-- index 'orders_code_key', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."orders"]
CREATE UNIQUE INDEX CONCURRENTLY "_pgroll_dup_orders_code_key" ON "public"."orders" ("code", "_pgroll_new_amount") INCLUDE ("_pgroll_new_zip");
-- a short transaction each
-- foreign key 'orders_town_fk' for what is written from now on [SHARE ROW EXCLUSIVE on "public"."orders" and "public"."towns"]
ALTER TABLE "public"."orders" ADD CONSTRAINT "_pgroll_dup_orders_town_fk" FOREIGN KEY ("country", "_pgroll_new_zip") REFERENCES "public"."towns" ("country", "zip") ON DELETE SET NULL ("_pgroll_new_zip") NOT VALID;
-- while clients write, a transaction each
-- proves that existing rows satisfy '_pgroll_dup__pgroll_check_not_null_amount', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."orders"]
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "_pgroll_dup__pgroll_check_not_null_amount";
-- proves that existing rows satisfy 'orders_town_fk', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."orders"]
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "_pgroll_dup_orders_town_fk";
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'towns' as the new version sees it
CREATE VIEW "public_02_change"."towns" WITH (security_invoker = true) AS SELECT "country", "zip" FROM "public"."towns";
-- 'orders' as the new version sees it
CREATE VIEW "public_02_change"."orders" WITH (security_invoker = true) AS SELECT "id", "code", "country", "_pgroll_new_zip" AS "zip", "_pgroll_new_amount" AS "amount" FROM "public"."orders";

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_01_orders"."orders", "public"."orders", "public"."towns"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_01_orders" RENAME TO "_pgroll_gone_public_01_orders";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_orders"."orders";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_insert" ON "public"."orders";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_update" ON "public"."orders";
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_trigger_orders_amount"();
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_changed_orders"(anyelement, anyelement);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_orders__amount"(int);
-- 'amount' is proven to hold no NULL
ALTER TABLE "public"."orders" ALTER COLUMN "_pgroll_new_amount" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."orders" DROP CONSTRAINT "_pgroll_dup__pgroll_check_not_null_amount";
-- 'orders_town_fk' goes, or its copy takes its place
ALTER TABLE "public"."orders" DROP CONSTRAINT "orders_town_fk";
-- what only the old version showed
ALTER TABLE "public"."orders" DROP COLUMN "zip", DROP COLUMN "amount", DROP COLUMN "_pgroll_needs_backfill";
-- its final name
ALTER TABLE "public"."orders" RENAME COLUMN "_pgroll_new_zip" TO "zip";
-- its final name
ALTER TABLE "public"."orders" RENAME COLUMN "_pgroll_new_amount" TO "amount";
-- its final name
ALTER TABLE "public"."orders" RENAME CONSTRAINT "_pgroll_dup_orders_town_fk" TO "orders_town_fk";
-- 'orders_code_key' adopts its index
ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_code_key" UNIQUE USING INDEX "_pgroll_dup_orders_code_key";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_orders", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_change"."orders", "public"."orders", "public"."towns"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."orders";
ALTER TABLE "public"."orders" DROP CONSTRAINT IF EXISTS "_pgroll_dup_orders_town_fk";
DROP INDEX IF EXISTS "public"."_pgroll_dup_orders_code_key";
ALTER TABLE "public"."orders" DROP CONSTRAINT IF EXISTS "_pgroll_dup__pgroll_check_not_null_amount";
DROP TRIGGER IF EXISTS "~pgroll_update" ON "public"."orders";
DROP TRIGGER IF EXISTS "~pgroll_insert" ON "public"."orders";
DROP FUNCTION IF EXISTS "public"."_pgroll_changed_orders"(anyelement, anyelement);
DROP FUNCTION IF EXISTS "public"."_pgroll_trigger_orders_amount"();
ALTER TABLE "public"."orders" DROP COLUMN IF EXISTS "_pgroll_needs_backfill";
ALTER TABLE "public"."orders" DROP COLUMN IF EXISTS "_pgroll_new_amount";
ALTER TABLE "public"."orders" DROP COLUMN IF EXISTS "_pgroll_new_zip";
DROP FUNCTION IF EXISTS "public"."_pgroll_down_orders__amount"(int);
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
