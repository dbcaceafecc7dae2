-- ==== start ====
-- one short transaction
-- up of 'clients.address'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_clients__address"("address" varchar(100)) RETURNS varchar(100)
LANGUAGE sql RETURN (coalesce(nullif(address, ''), 'none'));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_clients__address"(varchar(100)) TO PUBLIC;
-- default of 'clients.credit'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_default_clients__credit"() RETURNS int
LANGUAGE sql RETURN (CAST((0) AS int));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_default_clients__credit"() TO PUBLIC;
-- the new half of 'customers.email', which the old version does not see [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD COLUMN "_pgroll_new_address" varchar(100);
-- the new half of 'customers.credit', which the old version does not see [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD COLUMN "_pgroll_new_credit" int;
-- marks the rows of 'customers' that are still to be brought to the new version [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD COLUMN "_pgroll_needs_backfill" boolean NOT NULL DEFAULT true;
-- keeps both versions of a row of 'customers' in step
CREATE FUNCTION "public"."_pgroll_trigger_customers_address"() RETURNS trigger
LANGUAGE plpgsql AS $pgroll$
DECLARE
  by_old boolean;
  by_new boolean;
BEGIN
  IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
    by_old := NEW."email" IS DISTINCT FROM NULL OR CAST(ROW(NEW."credit") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW("public"."_pgroll_default_clients__credit"()) AS pg_catalog.record);
    by_new := NEW."_pgroll_new_address" IS DISTINCT FROM NULL OR NEW."_pgroll_new_credit" IS DISTINCT FROM NULL;
  ELSE
    by_old := CAST(ROW(OLD."email", OLD."credit") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."email", NEW."credit") AS pg_catalog.record);
    by_new := CAST(ROW(OLD."_pgroll_new_address", OLD."_pgroll_new_credit") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_address", NEW."_pgroll_new_credit") AS pg_catalog.record);
  END IF;
  IF NOT by_old AND NOT by_new THEN
    by_new := COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_change' AS pg_catalog.name)) OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_customers' AS pg_catalog.name)), 2147483647), false);
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NOT by_new AND pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_customers' AS pg_catalog.name)) IS NULL THEN
      by_new := NEW."email" IS NOT DISTINCT FROM NULL OR NEW."credit" IS NOT DISTINCT FROM NULL;
    END IF;
    by_old := NOT by_new;
  END IF;
  IF by_old AND NOT by_new THEN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."email") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."email") AS pg_catalog.record) THEN
      NEW."_pgroll_new_address" := "public"."_pgroll_up_clients__address"(NEW."email");
    END IF;
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."credit") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."credit") AS pg_catalog.record) THEN
      NEW."_pgroll_new_credit" := NEW."credit";
    END IF;
  ELSE
    IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND OLD."_pgroll_needs_backfill" THEN
      IF CAST(ROW(OLD."_pgroll_new_address") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_address") AS pg_catalog.record) THEN
        OLD."_pgroll_new_address" := "public"."_pgroll_up_clients__address"(OLD."email");
      ELSE
        OLD."_pgroll_new_address" := "public"."_pgroll_up_clients__address"(OLD."email");
        NEW."_pgroll_new_address" := OLD."_pgroll_new_address";
      END IF;
      IF CAST(ROW(OLD."_pgroll_new_credit") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_credit") AS pg_catalog.record) THEN
        OLD."_pgroll_new_credit" := OLD."credit";
      ELSE
        OLD."_pgroll_new_credit" := OLD."credit";
        NEW."_pgroll_new_credit" := OLD."_pgroll_new_credit";
      END IF;
    END IF;
    IF NOT by_old THEN
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_address") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_address") AS pg_catalog.record) THEN
        NEW."email" := NEW."_pgroll_new_address";
      END IF;
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_credit") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_credit") AS pg_catalog.record) THEN
        NEW."credit" := NEW."_pgroll_new_credit";
      END IF;
    END IF;
  END IF;
  NEW."_pgroll_needs_backfill" := false;
  RETURN NEW;
END
$pgroll$;
-- whether an update of 'customers' matters to the other version
CREATE FUNCTION "public"."_pgroll_changed_clients"(anyelement, anyelement) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $pgroll$SELECT CAST(ROW(($1)."email", ($1)."credit", ($1)."_pgroll_new_address", ($1)."_pgroll_new_credit") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(($2)."email", ($2)."credit", ($2)."_pgroll_new_address", ($2)."_pgroll_new_credit") AS pg_catalog.record)$pgroll$;
GRANT EXECUTE ON FUNCTION "public"."_pgroll_changed_clients"(anyelement, anyelement) TO PUBLIC;
-- fires for rows that clients insert [SHARE ROW EXCLUSIVE on "public"."customers"]
CREATE TRIGGER "~pgroll_insert" BEFORE INSERT ON "public"."customers"
FOR EACH ROW WHEN (NEW."_pgroll_needs_backfill") EXECUTE FUNCTION "public"."_pgroll_trigger_customers_address"();
-- fires where an update matters to the other version [SHARE ROW EXCLUSIVE on "public"."customers"]
CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON "public"."customers"
FOR EACH ROW WHEN ((OLD."_pgroll_needs_backfill" AND NEW."_pgroll_needs_backfill") OR (NOT OLD."_pgroll_needs_backfill" AND "public"."_pgroll_changed_clients"(OLD.*, NEW.*))) EXECUTE FUNCTION "public"."_pgroll_trigger_customers_address"();
-- fires for apply workers and bulk loaders too [SHARE ROW EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ENABLE ALWAYS TRIGGER "~pgroll_insert", ENABLE ALWAYS TRIGGER "~pgroll_update";
-- check '_pgroll_dup__pgroll_check_not_null_email' for what is written from now on [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD CONSTRAINT "_pgroll_dup__pgroll_check_not_null_email" CHECK ("_pgroll_new_address" IS DISTINCT FROM NULL) NOT VALID;
-- check '_pgroll_dup__pgroll_check_not_null_credit' for what is written from now on [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD CONSTRAINT "_pgroll_dup__pgroll_check_not_null_credit" CHECK ("_pgroll_new_credit" IS DISTINCT FROM NULL) NOT VALID;
-- check 'customers_address' for what is written from now on [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD CONSTRAINT "customers_address" CHECK ("_pgroll_new_address" <> '' or "_pgroll_new_credit" > 0) NOT VALID;
-- in batches, a short transaction each
-- the rows of 'customers' that are there already
UPDATE "public"."customers" SET "_pgroll_new_address" = "public"."_pgroll_up_clients__address"("email"), "_pgroll_new_credit" = "credit", "_pgroll_needs_backfill" = false WHERE "_pgroll_needs_backfill"; -- a range of the table at a time
-- statistics of the new columns, so that the new version's first queries are planned well [SHARE UPDATE EXCLUSIVE on "public"."customers"]
ANALYZE "public"."customers" ("_pgroll_new_address", "_pgroll_new_credit");
-- while clients write, a transaction each
-- proves that existing rows satisfy '_pgroll_dup__pgroll_check_not_null_email', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" VALIDATE CONSTRAINT "_pgroll_dup__pgroll_check_not_null_email";
-- proves that existing rows satisfy '_pgroll_dup__pgroll_check_not_null_credit', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" VALIDATE CONSTRAINT "_pgroll_dup__pgroll_check_not_null_credit";
-- proves that existing rows satisfy 'customers_address', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" VALIDATE CONSTRAINT "customers_address";
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'clients' as the new version sees it
CREATE VIEW "public_02_change"."clients" WITH (security_invoker = true) AS SELECT "id", "name", "_pgroll_new_address" AS "address", "_pgroll_new_credit" AS "rating" FROM "public"."customers";
-- the new version's default of 'clients.rating'
ALTER VIEW "public_02_change"."clients" ALTER COLUMN "rating" SET DEFAULT (0);

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_01_customers"."customers", "public"."customers"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_01_customers" RENAME TO "_pgroll_gone_public_01_customers";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_customers"."customers";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_insert" ON "public"."customers";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_update" ON "public"."customers";
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_trigger_customers_address"();
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_changed_clients"(anyelement, anyelement);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_clients__address"(varchar(100));
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_default_clients__credit"();
-- 'address' is proven to hold no NULL
ALTER TABLE "public"."customers" ALTER COLUMN "_pgroll_new_address" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."customers" DROP CONSTRAINT "_pgroll_dup__pgroll_check_not_null_email";
-- 'rating' is proven to hold no NULL
ALTER TABLE "public"."customers" ALTER COLUMN "_pgroll_new_credit" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."customers" DROP CONSTRAINT "_pgroll_dup__pgroll_check_not_null_credit";
-- what only the old version showed
ALTER TABLE "public"."customers" DROP COLUMN "email", DROP COLUMN "credit", DROP COLUMN "_pgroll_needs_backfill";
-- its final name
ALTER TABLE "public"."customers" RENAME COLUMN "_pgroll_new_address" TO "address";
-- its final name
ALTER TABLE "public"."customers" RENAME COLUMN "_pgroll_new_credit" TO "rating";
-- the default of 'rating', which the version's view carried until now
ALTER TABLE "public"."customers" ALTER COLUMN "rating" SET DEFAULT (0);
-- its final name
ALTER TABLE "public"."customers" RENAME TO "clients";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_customers", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_change"."clients", "public"."customers"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."clients";
ALTER TABLE "public"."customers" DROP CONSTRAINT IF EXISTS "customers_address";
ALTER TABLE "public"."customers" DROP CONSTRAINT IF EXISTS "_pgroll_dup__pgroll_check_not_null_credit";
ALTER TABLE "public"."customers" DROP CONSTRAINT IF EXISTS "_pgroll_dup__pgroll_check_not_null_email";
DROP TRIGGER IF EXISTS "~pgroll_update" ON "public"."customers";
DROP TRIGGER IF EXISTS "~pgroll_insert" ON "public"."customers";
DROP FUNCTION IF EXISTS "public"."_pgroll_changed_clients"(anyelement, anyelement);
DROP FUNCTION IF EXISTS "public"."_pgroll_trigger_customers_address"();
ALTER TABLE "public"."customers" DROP COLUMN IF EXISTS "_pgroll_needs_backfill";
ALTER TABLE "public"."customers" DROP COLUMN IF EXISTS "_pgroll_new_credit";
ALTER TABLE "public"."customers" DROP COLUMN IF EXISTS "_pgroll_new_address";
DROP FUNCTION IF EXISTS "public"."_pgroll_default_clients__credit"();
DROP FUNCTION IF EXISTS "public"."_pgroll_up_clients__address"(varchar(100));
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
