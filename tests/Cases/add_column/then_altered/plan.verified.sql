-- ==== start ====
-- one short transaction
-- up of 'customers.level'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_customers__level"("level" int) RETURNS text
LANGUAGE sql RETURN ('level ' || level);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_customers__level"(int) TO PUBLIC;
-- down of 'customers.level'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_customers__level"("level" text) RETURNS int
LANGUAGE sql RETURN (substr(level, 7)::int);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_customers__level"(text) TO PUBLIC;
-- default of 'customers.level'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_default_customers___pgroll_new_level"() RETURNS int
LANGUAGE sql RETURN (CAST((1) AS int));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_default_customers___pgroll_new_level"() TO PUBLIC;
-- column 'customers.level', which the old version does not see [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD COLUMN "_pgroll_new_level" text;
-- proof that the default of 'customers.level' fits its type; if the server refuses it, give another as `default`
ALTER TABLE "public"."customers" ALTER COLUMN "_pgroll_new_level" SET DEFAULT (1);
ALTER TABLE "public"."customers" ALTER COLUMN "_pgroll_new_level" DROP DEFAULT;
-- marks the rows of 'customers' that are still to be brought to the new version [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD COLUMN "_pgroll_needs_backfill" boolean NOT NULL DEFAULT true;
-- keeps both versions of a row of 'customers' in step
CREATE FUNCTION "public"."_pgroll_trigger_customers_level"() RETURNS trigger
LANGUAGE plpgsql AS $pgroll$
DECLARE
  by_old boolean;
  by_new boolean;
BEGIN
  IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
    by_old := false;
    by_new := NEW."_pgroll_new_level" IS DISTINCT FROM NULL;
  ELSE
    by_old := false;
    by_new := CAST(ROW(OLD."_pgroll_new_level") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_level") AS pg_catalog.record);
  END IF;
  IF NOT by_old AND NOT by_new THEN
    by_new := COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_change' AS pg_catalog.name)) OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_customers' AS pg_catalog.name)), 2147483647), false);
    by_old := NOT by_new;
  END IF;
  IF by_old AND NOT by_new THEN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR false THEN
      NEW."_pgroll_new_level" := "public"."_pgroll_up_customers__level"("public"."_pgroll_default_customers___pgroll_new_level"());
    END IF;
  ELSE
    IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND OLD."_pgroll_needs_backfill" THEN
      IF CAST(ROW(OLD."_pgroll_new_level") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_level") AS pg_catalog.record) THEN
        OLD."_pgroll_new_level" := "public"."_pgroll_up_customers__level"("public"."_pgroll_default_customers___pgroll_new_level"());
      ELSE
        OLD."_pgroll_new_level" := "public"."_pgroll_up_customers__level"("public"."_pgroll_default_customers___pgroll_new_level"());
        NEW."_pgroll_new_level" := OLD."_pgroll_new_level";
      END IF;
    END IF;
    IF NOT by_old THEN
      NULL;
    END IF;
  END IF;
  NEW."_pgroll_needs_backfill" := false;
  RETURN NEW;
END
$pgroll$;
-- whether an update of 'customers' matters to the other version
CREATE FUNCTION "public"."_pgroll_changed_customers"(anyelement, anyelement) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $pgroll$SELECT CAST(ROW(($1)."_pgroll_new_level") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(($2)."_pgroll_new_level") AS pg_catalog.record)$pgroll$;
GRANT EXECUTE ON FUNCTION "public"."_pgroll_changed_customers"(anyelement, anyelement) TO PUBLIC;
-- fires for rows that clients insert [SHARE ROW EXCLUSIVE on "public"."customers"]
CREATE TRIGGER "~pgroll_insert" BEFORE INSERT ON "public"."customers"
FOR EACH ROW WHEN (NEW."_pgroll_needs_backfill") EXECUTE FUNCTION "public"."_pgroll_trigger_customers_level"();
-- fires where an update matters to the other version [SHARE ROW EXCLUSIVE on "public"."customers"]
CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON "public"."customers"
FOR EACH ROW WHEN ((OLD."_pgroll_needs_backfill" AND NEW."_pgroll_needs_backfill") OR (NOT OLD."_pgroll_needs_backfill" AND "public"."_pgroll_changed_customers"(OLD.*, NEW.*))) EXECUTE FUNCTION "public"."_pgroll_trigger_customers_level"();
-- fires for apply workers and bulk loaders too [SHARE ROW EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ENABLE ALWAYS TRIGGER "~pgroll_insert", ENABLE ALWAYS TRIGGER "~pgroll_update";
-- check '_pgroll_check_not_null_level' for what is written from now on [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD CONSTRAINT "_pgroll_check_not_null_level" CHECK ("_pgroll_new_level" IS DISTINCT FROM NULL) NOT VALID;
-- in batches, a short transaction each
-- the rows of 'customers' that are there already
UPDATE "public"."customers" SET "_pgroll_new_level" = "public"."_pgroll_up_customers__level"("public"."_pgroll_default_customers___pgroll_new_level"()), "_pgroll_needs_backfill" = false WHERE "_pgroll_needs_backfill"; -- a range of the table at a time
-- statistics of the new columns, so that the new version's first queries are planned well [SHARE UPDATE EXCLUSIVE on "public"."customers"]
ANALYZE "public"."customers" ("_pgroll_new_level");
-- while clients write, a transaction each
-- proves that existing rows satisfy '_pgroll_check_not_null_level', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" VALIDATE CONSTRAINT "_pgroll_check_not_null_level";
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'customers' as the new version sees it
CREATE VIEW "public_02_change"."customers" WITH (security_invoker = true) AS SELECT "id", "name", "email", "credit", "joined", "_pgroll_new_level" AS "level" FROM "public"."customers";
-- the new version's default of 'customers.level'
ALTER VIEW "public_02_change"."customers" ALTER COLUMN "level" SET DEFAULT (1);

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
DROP FUNCTION "public"."_pgroll_trigger_customers_level"();
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_changed_customers"(anyelement, anyelement);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_customers__level"(int);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_customers__level"(text);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_default_customers___pgroll_new_level"();
-- 'level' is proven to hold no NULL
ALTER TABLE "public"."customers" ALTER COLUMN "_pgroll_new_level" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."customers" DROP CONSTRAINT "_pgroll_check_not_null_level";
-- what only the old version showed
ALTER TABLE "public"."customers" DROP COLUMN "_pgroll_needs_backfill";
-- its final name
ALTER TABLE "public"."customers" RENAME COLUMN "_pgroll_new_level" TO "level";
-- the default of 'level', which the version's view carried until now
ALTER TABLE "public"."customers" ALTER COLUMN "level" SET DEFAULT (1);
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_customers", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_change"."customers", "public"."customers"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."customers";
ALTER TABLE "public"."customers" DROP CONSTRAINT IF EXISTS "_pgroll_check_not_null_level";
DROP TRIGGER IF EXISTS "~pgroll_update" ON "public"."customers";
DROP TRIGGER IF EXISTS "~pgroll_insert" ON "public"."customers";
DROP FUNCTION IF EXISTS "public"."_pgroll_changed_customers"(anyelement, anyelement);
DROP FUNCTION IF EXISTS "public"."_pgroll_trigger_customers_level"();
ALTER TABLE "public"."customers" DROP COLUMN IF EXISTS "_pgroll_needs_backfill";
ALTER TABLE "public"."customers" DROP COLUMN IF EXISTS "_pgroll_new_level";
DROP FUNCTION IF EXISTS "public"."_pgroll_default_customers___pgroll_new_level"();
DROP FUNCTION IF EXISTS "public"."_pgroll_down_customers__level"(text);
DROP FUNCTION IF EXISTS "public"."_pgroll_up_customers__level"(int);
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
