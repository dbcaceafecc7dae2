-- ==== start ====
-- one short transaction
-- down of 'customers.email'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_customers__email"("id" integer) RETURNS varchar(100)
LANGUAGE sql RETURN ('none-' || id);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_customers__email"(integer) TO PUBLIC;
-- marks the rows of 'customers' that are still to be brought to the new version [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD COLUMN "_pgroll_needs_backfill" boolean NOT NULL DEFAULT false, ALTER COLUMN "_pgroll_needs_backfill" SET DEFAULT true;
-- keeps both versions of a row of 'customers' in step
CREATE FUNCTION "public"."_pgroll_trigger_customers_email"() RETURNS trigger
LANGUAGE plpgsql AS $pgroll$
DECLARE
  by_old boolean;
  by_new boolean;
BEGIN
  IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
    by_old := NEW."email" IS DISTINCT FROM NULL;
    by_new := false;
  ELSE
    by_old := CAST(ROW(OLD."email") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."email") AS pg_catalog.record);
    by_new := false;
  END IF;
  IF NOT by_old AND NOT by_new THEN
    by_new := COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_change' AS pg_catalog.name)) OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_customers' AS pg_catalog.name)), 2147483647), false);
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NOT by_new AND pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_customers' AS pg_catalog.name)) IS NULL THEN
      by_new := NEW."email" IS NOT DISTINCT FROM NULL;
    END IF;
    by_old := NOT by_new;
  END IF;
  IF by_old AND NOT by_new THEN
    NULL;
  ELSE
    NULL;
    IF NOT by_old THEN
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."id") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."id") AS pg_catalog.record) THEN
        NEW."email" := "public"."_pgroll_down_customers__email"(NEW."id");
      END IF;
    END IF;
  END IF;
  NEW."_pgroll_needs_backfill" := false;
  RETURN NEW;
END
$pgroll$;
-- whether an update of 'customers' matters to the other version
CREATE FUNCTION "public"."_pgroll_changed_customers"(anyelement, anyelement) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $pgroll$SELECT CAST(ROW(($1)."email", ($1)."id") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(($2)."email", ($2)."id") AS pg_catalog.record)$pgroll$;
GRANT EXECUTE ON FUNCTION "public"."_pgroll_changed_customers"(anyelement, anyelement) TO PUBLIC;
-- fires for rows that clients insert [SHARE ROW EXCLUSIVE on "public"."customers"]
CREATE TRIGGER "~pgroll_insert" BEFORE INSERT ON "public"."customers"
FOR EACH ROW WHEN (NEW."_pgroll_needs_backfill") EXECUTE FUNCTION "public"."_pgroll_trigger_customers_email"();
-- fires where an update matters to the other version [SHARE ROW EXCLUSIVE on "public"."customers"]
CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON "public"."customers"
FOR EACH ROW WHEN ((OLD."_pgroll_needs_backfill" AND NEW."_pgroll_needs_backfill") OR (NOT OLD."_pgroll_needs_backfill" AND "public"."_pgroll_changed_customers"(OLD.*, NEW.*))) EXECUTE FUNCTION "public"."_pgroll_trigger_customers_email"();
-- fires for apply workers and bulk loaders too [SHARE ROW EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ENABLE ALWAYS TRIGGER "~pgroll_insert", ENABLE ALWAYS TRIGGER "~pgroll_update";
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'customers' as the new version sees it
CREATE VIEW "public_02_change"."customers" WITH (security_invoker = true) AS SELECT "id", "name", "credit", "joined" FROM "public"."customers";

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
DROP FUNCTION "public"."_pgroll_trigger_customers_email"();
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_changed_customers"(anyelement, anyelement);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_customers__email"(integer);
-- what only the old version showed
ALTER TABLE "public"."customers" DROP COLUMN "email", DROP COLUMN "_pgroll_needs_backfill";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_customers", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_change"."customers", "public"."customers"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."customers";
DROP TRIGGER IF EXISTS "~pgroll_update" ON "public"."customers";
DROP TRIGGER IF EXISTS "~pgroll_insert" ON "public"."customers";
DROP FUNCTION IF EXISTS "public"."_pgroll_changed_customers"(anyelement, anyelement);
DROP FUNCTION IF EXISTS "public"."_pgroll_trigger_customers_email"();
ALTER TABLE "public"."customers" DROP COLUMN IF EXISTS "_pgroll_needs_backfill";
DROP FUNCTION IF EXISTS "public"."_pgroll_down_customers__email"(integer);
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
