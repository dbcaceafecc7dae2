-- ==== start ====
-- one short transaction
-- up of 'customers.first'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_customers__first"("name" text) RETURNS text
LANGUAGE sql RETURN (split_part(coalesce(name, ''), ' ', 1));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_customers__first"(text) TO PUBLIC;
-- up of 'customers.last'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_customers__last"("name" text) RETURNS text
LANGUAGE sql RETURN (nullif(substr(name, length(split_part(name, ' ', 1)) + 2), ''));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_customers__last"(text) TO PUBLIC;
-- down of 'customers.name'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_customers__name"("first" text, "last" text) RETURNS text
LANGUAGE sql RETURN (first || coalesce(' ' || last, ''));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_customers__name"(text, text) TO PUBLIC;
-- column 'customers.first', which the old version does not see [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD COLUMN "_pgroll_new_first" text;
-- column 'customers.last', which the old version does not see [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD COLUMN "_pgroll_new_last" text;
-- marks the rows of 'customers' that are still to be brought to the new version [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD COLUMN "_pgroll_needs_backfill" boolean NOT NULL DEFAULT true;
-- keeps both versions of a row of 'customers' in step
CREATE FUNCTION "public"."_pgroll_trigger_customers_name"() RETURNS trigger
LANGUAGE plpgsql AS $pgroll$
DECLARE
  by_old boolean;
  by_new boolean;
BEGIN
  IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
    by_old := NEW."name" IS DISTINCT FROM NULL;
    by_new := NEW."_pgroll_new_first" IS DISTINCT FROM NULL OR NEW."_pgroll_new_last" IS DISTINCT FROM NULL;
  ELSE
    by_old := CAST(ROW(OLD."name") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."name") AS pg_catalog.record);
    by_new := CAST(ROW(OLD."_pgroll_new_first", OLD."_pgroll_new_last") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_first", NEW."_pgroll_new_last") AS pg_catalog.record);
  END IF;
  IF NOT by_old AND NOT by_new THEN
    by_new := COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_change' AS pg_catalog.name)) OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01' AS pg_catalog.name)), 2147483647), false);
    by_old := NOT by_new;
  END IF;
  IF by_old AND NOT by_new THEN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."name") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."name") AS pg_catalog.record) THEN
      NEW."_pgroll_new_first" := "public"."_pgroll_up_customers__first"(NEW."name");
    END IF;
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."name") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."name") AS pg_catalog.record) THEN
      NEW."_pgroll_new_last" := "public"."_pgroll_up_customers__last"(NEW."name");
    END IF;
  ELSE
    IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND OLD."_pgroll_needs_backfill" THEN
      IF CAST(ROW(OLD."_pgroll_new_first") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_first") AS pg_catalog.record) THEN
        OLD."_pgroll_new_first" := "public"."_pgroll_up_customers__first"(OLD."name");
      ELSE
        OLD."_pgroll_new_first" := "public"."_pgroll_up_customers__first"(OLD."name");
        NEW."_pgroll_new_first" := OLD."_pgroll_new_first";
      END IF;
      IF CAST(ROW(OLD."_pgroll_new_last") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_last") AS pg_catalog.record) THEN
        OLD."_pgroll_new_last" := "public"."_pgroll_up_customers__last"(OLD."name");
      ELSE
        OLD."_pgroll_new_last" := "public"."_pgroll_up_customers__last"(OLD."name");
        NEW."_pgroll_new_last" := OLD."_pgroll_new_last";
      END IF;
    END IF;
    IF NOT by_old THEN
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_first", OLD."_pgroll_new_last") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_first", NEW."_pgroll_new_last") AS pg_catalog.record) THEN
        NEW."name" := "public"."_pgroll_down_customers__name"(NEW."_pgroll_new_first", NEW."_pgroll_new_last");
      END IF;
    END IF;
  END IF;
  NEW."_pgroll_needs_backfill" := false;
  RETURN NEW;
END
$pgroll$;
-- whether an update of 'customers' matters to the other version
CREATE FUNCTION "public"."_pgroll_changed_customers"(anyelement, anyelement) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $pgroll$SELECT CAST(ROW(($1)."name", ($1)."_pgroll_new_first", ($1)."_pgroll_new_last") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(($2)."name", ($2)."_pgroll_new_first", ($2)."_pgroll_new_last") AS pg_catalog.record)$pgroll$;
GRANT EXECUTE ON FUNCTION "public"."_pgroll_changed_customers"(anyelement, anyelement) TO PUBLIC;
-- fires for rows that clients insert [SHARE ROW EXCLUSIVE on "public"."customers"]
CREATE TRIGGER "~pgroll_insert" BEFORE INSERT ON "public"."customers"
FOR EACH ROW WHEN (NEW."_pgroll_needs_backfill") EXECUTE FUNCTION "public"."_pgroll_trigger_customers_name"();
-- fires where an update matters to the other version [SHARE ROW EXCLUSIVE on "public"."customers"]
CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON "public"."customers"
FOR EACH ROW WHEN ((OLD."_pgroll_needs_backfill" AND NEW."_pgroll_needs_backfill") OR (NOT OLD."_pgroll_needs_backfill" AND "public"."_pgroll_changed_customers"(OLD.*, NEW.*))) EXECUTE FUNCTION "public"."_pgroll_trigger_customers_name"();
-- fires for apply workers and bulk loaders too [SHARE ROW EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ENABLE ALWAYS TRIGGER "~pgroll_insert", ENABLE ALWAYS TRIGGER "~pgroll_update";
-- check '_pgroll_check_not_null_first' for what is written from now on [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD CONSTRAINT "_pgroll_check_not_null_first" CHECK ("_pgroll_new_first" IS DISTINCT FROM NULL) NOT VALID;
-- in batches, a short transaction each
-- the rows of 'customers' that are there already
UPDATE "public"."customers" SET "_pgroll_new_first" = "public"."_pgroll_up_customers__first"("name"), "_pgroll_new_last" = "public"."_pgroll_up_customers__last"("name"), "_pgroll_needs_backfill" = false WHERE "_pgroll_needs_backfill"; -- a range of the table at a time
-- statistics of the new columns, so that the new version's first queries are planned well [SHARE UPDATE EXCLUSIVE on "public"."customers"]
ANALYZE "public"."customers" ("_pgroll_new_first", "_pgroll_new_last");
-- while clients write, a transaction each
-- proves that existing rows satisfy '_pgroll_check_not_null_first', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" VALIDATE CONSTRAINT "_pgroll_check_not_null_first";
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'customers' as the new version sees it
CREATE VIEW "public_02_change"."customers" WITH (security_invoker = true) AS SELECT "id", "email", "credit", "joined", "_pgroll_new_first" AS "first", "_pgroll_new_last" AS "last", "xmin" FROM "public"."customers";

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_01"."customers", "public"."customers"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_01" RENAME TO "_pgroll_gone_public_01";
DROP VIEW IF EXISTS "_pgroll_gone_public_01"."customers";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_insert" ON "public"."customers";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_update" ON "public"."customers";
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_trigger_customers_name"();
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_changed_customers"(anyelement, anyelement);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_customers__first"(text);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_customers__last"(text);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_customers__name"(text, text);
-- 'first' is proven to hold no NULL
ALTER TABLE "public"."customers" ALTER COLUMN "_pgroll_new_first" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."customers" DROP CONSTRAINT "_pgroll_check_not_null_first";
-- what only the old version showed
ALTER TABLE "public"."customers" DROP COLUMN "name", DROP COLUMN "_pgroll_needs_backfill";
-- its final name
ALTER TABLE "public"."customers" RENAME COLUMN "_pgroll_new_first" TO "first";
-- its final name
ALTER TABLE "public"."customers" RENAME COLUMN "_pgroll_new_last" TO "last";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_change"."customers", "public"."customers"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."customers";
ALTER TABLE "public"."customers" DROP CONSTRAINT IF EXISTS "_pgroll_check_not_null_first";
DROP TRIGGER IF EXISTS "~pgroll_update" ON "public"."customers";
DROP TRIGGER IF EXISTS "~pgroll_insert" ON "public"."customers";
DROP FUNCTION IF EXISTS "public"."_pgroll_changed_customers"(anyelement, anyelement);
DROP FUNCTION IF EXISTS "public"."_pgroll_trigger_customers_name"();
ALTER TABLE "public"."customers" DROP COLUMN IF EXISTS "_pgroll_needs_backfill";
ALTER TABLE "public"."customers" DROP COLUMN IF EXISTS "_pgroll_new_last";
ALTER TABLE "public"."customers" DROP COLUMN IF EXISTS "_pgroll_new_first";
DROP FUNCTION IF EXISTS "public"."_pgroll_down_customers__name"(text, text);
DROP FUNCTION IF EXISTS "public"."_pgroll_up_customers__last"(text);
DROP FUNCTION IF EXISTS "public"."_pgroll_up_customers__first"(text);
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
