-- ==== start ====
-- one short transaction
-- down of 'customers.credit'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_customers__credit"() RETURNS int
LANGUAGE sql RETURN (1);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_customers__credit"() TO PUBLIC;
-- default of 'customers.credit'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_default_customers__credit"() RETURNS int
LANGUAGE sql RETURN (CAST((0) AS int));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_default_customers__credit"() TO PUBLIC;
-- marks the rows of 'customers' that are still to be brought to the new version [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD COLUMN "_pgroll_needs_backfill" boolean NOT NULL DEFAULT false, ALTER COLUMN "_pgroll_needs_backfill" SET DEFAULT true;
-- keeps both versions of a row of 'customers' in step
CREATE FUNCTION "public"."_pgroll_trigger_customers_credit"() RETURNS trigger
LANGUAGE plpgsql AS $pgroll$
DECLARE
  by_old boolean;
  by_new boolean;
BEGIN
  IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
    by_old := CAST(ROW(NEW."credit") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW("public"."_pgroll_default_customers__credit"()) AS pg_catalog.record);
    by_new := false;
  ELSE
    by_old := CAST(ROW(OLD."credit") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."credit") AS pg_catalog.record);
    by_new := false;
  END IF;
  IF NOT by_old AND NOT by_new THEN
    by_new := COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_03_change' AS pg_catalog.name)) OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_more' AS pg_catalog.name)), 2147483647), false);
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NOT by_new AND pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_more' AS pg_catalog.name)) IS NULL THEN
      by_new := NEW."credit" IS NOT DISTINCT FROM NULL;
    END IF;
    by_old := NOT by_new;
  END IF;
  IF by_old AND NOT by_new THEN
    NULL;
  ELSE
    NULL;
    IF NOT by_old THEN
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR false THEN
        NEW."credit" := "public"."_pgroll_down_customers__credit"();
      END IF;
    END IF;
  END IF;
  NEW."_pgroll_needs_backfill" := false;
  RETURN NEW;
END
$pgroll$;
-- whether an update of 'customers' matters to the other version
CREATE FUNCTION "public"."_pgroll_changed_customers"(anyelement, anyelement) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $pgroll$SELECT CAST(ROW(($1)."credit") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(($2)."credit") AS pg_catalog.record)$pgroll$;
GRANT EXECUTE ON FUNCTION "public"."_pgroll_changed_customers"(anyelement, anyelement) TO PUBLIC;
-- fires for rows that clients insert [SHARE ROW EXCLUSIVE on "public"."customers"]
CREATE TRIGGER "~pgroll_insert" BEFORE INSERT ON "public"."customers"
FOR EACH ROW WHEN (NEW."_pgroll_needs_backfill") EXECUTE FUNCTION "public"."_pgroll_trigger_customers_credit"();
-- fires where an update matters to the other version [SHARE ROW EXCLUSIVE on "public"."customers"]
CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON "public"."customers"
FOR EACH ROW WHEN ((OLD."_pgroll_needs_backfill" AND NEW."_pgroll_needs_backfill") OR (NOT OLD."_pgroll_needs_backfill" AND "public"."_pgroll_changed_customers"(OLD.*, NEW.*))) EXECUTE FUNCTION "public"."_pgroll_trigger_customers_credit"();
-- fires for apply workers and bulk loaders too [SHARE ROW EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ENABLE ALWAYS TRIGGER "~pgroll_insert", ENABLE ALWAYS TRIGGER "~pgroll_update";
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_03_change";
-- 'customers' as the new version sees it
CREATE VIEW "public_03_change"."customers" WITH (security_invoker = true) AS SELECT "id", "name", "email", "joined", "limit" FROM "public"."customers";

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_more"."customers", "public"."customers"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_02_more" RENAME TO "_pgroll_gone_public_02_more";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_more"."customers";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_insert" ON "public"."customers";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_update" ON "public"."customers";
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_trigger_customers_credit"();
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_changed_customers"(anyelement, anyelement);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_customers__credit"();
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_default_customers__credit"();
-- what only the old version showed
ALTER TABLE "public"."customers" DROP COLUMN "credit", DROP COLUMN "_pgroll_needs_backfill";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_more", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_03_change"."customers", "public"."customers"
ALTER SCHEMA "public_03_change" RENAME TO "_pgroll_gone_public_03_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_03_change"."customers";
DROP TRIGGER IF EXISTS "~pgroll_update" ON "public"."customers";
DROP TRIGGER IF EXISTS "~pgroll_insert" ON "public"."customers";
DROP FUNCTION IF EXISTS "public"."_pgroll_changed_customers"(anyelement, anyelement);
DROP FUNCTION IF EXISTS "public"."_pgroll_trigger_customers_credit"();
ALTER TABLE "public"."customers" DROP COLUMN IF EXISTS "_pgroll_needs_backfill";
DROP FUNCTION IF EXISTS "public"."_pgroll_default_customers__credit"();
DROP FUNCTION IF EXISTS "public"."_pgroll_down_customers__credit"();
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_03_change", its views in portions
