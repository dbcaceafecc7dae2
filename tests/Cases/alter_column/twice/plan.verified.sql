-- ==== start ====
-- one short transaction
-- up of 'customers.credit'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_customers__credit"("credit" int) RETURNS bigint
LANGUAGE sql RETURN (credit * 10);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_customers__credit"(int) TO PUBLIC;
-- up of 'customers.credit'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_customers__credit_1"("credit" bigint) RETURNS text
LANGUAGE sql RETURN ('c' || credit);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_customers__credit_1"(bigint) TO PUBLIC;
-- down of 'customers.credit'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_customers__credit"("credit" text) RETURNS bigint
LANGUAGE sql RETURN (substr(credit, 2)::bigint);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_customers__credit"(text) TO PUBLIC;
-- down of 'customers.credit'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_customers__credit_1"("credit" bigint) RETURNS int
LANGUAGE sql RETURN ((credit / 10)::int);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_customers__credit_1"(bigint) TO PUBLIC;
-- default of 'customers.credit'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_default_customers__credit"() RETURNS int
LANGUAGE sql RETURN (CAST((0) AS int));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_default_customers__credit"() TO PUBLIC;
-- the new half of 'customers.credit', which the old version does not see [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD COLUMN "_pgroll_new_credit" text;
-- proof that the default of 'customers.credit' fits its type; if the server refuses it, give another as `default`
ALTER TABLE "public"."customers" ALTER COLUMN "_pgroll_new_credit" SET DEFAULT (0);
ALTER TABLE "public"."customers" ALTER COLUMN "_pgroll_new_credit" DROP DEFAULT;
-- marks the rows of 'customers' that are still to be brought to the new version [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD COLUMN "_pgroll_needs_backfill" boolean NOT NULL DEFAULT true;
-- keeps both versions of a row of 'customers' in step
CREATE FUNCTION "public"."_pgroll_trigger_customers_credit"() RETURNS trigger
LANGUAGE plpgsql AS $pgroll$
DECLARE
  by_old boolean;
  by_new boolean;
BEGIN
  IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
    by_old := CAST(ROW(NEW."credit") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW("public"."_pgroll_default_customers__credit"()) AS pg_catalog.record);
    by_new := NEW."_pgroll_new_credit" IS DISTINCT FROM NULL;
  ELSE
    by_old := CAST(ROW(OLD."credit") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."credit") AS pg_catalog.record);
    by_new := CAST(ROW(OLD."_pgroll_new_credit") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_credit") AS pg_catalog.record);
  END IF;
  IF NOT by_old AND NOT by_new THEN
    by_new := COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_change' AS pg_catalog.name)) OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_customers' AS pg_catalog.name)), 2147483647), false);
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NOT by_new AND pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_customers' AS pg_catalog.name)) IS NULL THEN
      by_new := NEW."credit" IS NOT DISTINCT FROM NULL;
    END IF;
    by_old := NOT by_new;
  END IF;
  IF by_old AND NOT by_new THEN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."credit") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."credit") AS pg_catalog.record) THEN
      NEW."_pgroll_new_credit" := "public"."_pgroll_up_customers__credit_1"("public"."_pgroll_up_customers__credit"(NEW."credit"));
    END IF;
  ELSE
    IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND OLD."_pgroll_needs_backfill" THEN
      IF CAST(ROW(OLD."_pgroll_new_credit") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_credit") AS pg_catalog.record) THEN
        OLD."_pgroll_new_credit" := "public"."_pgroll_up_customers__credit_1"("public"."_pgroll_up_customers__credit"(OLD."credit"));
      ELSE
        OLD."_pgroll_new_credit" := "public"."_pgroll_up_customers__credit_1"("public"."_pgroll_up_customers__credit"(OLD."credit"));
        NEW."_pgroll_new_credit" := OLD."_pgroll_new_credit";
      END IF;
    END IF;
    IF NOT by_old THEN
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_credit") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_credit") AS pg_catalog.record) THEN
        NEW."credit" := "public"."_pgroll_down_customers__credit_1"("public"."_pgroll_down_customers__credit"(NEW."_pgroll_new_credit"));
      END IF;
    END IF;
  END IF;
  NEW."_pgroll_needs_backfill" := false;
  RETURN NEW;
END
$pgroll$;
-- whether an update of 'customers' matters to the other version
CREATE FUNCTION "public"."_pgroll_changed_customers"(anyelement, anyelement) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $pgroll$SELECT CAST(ROW(($1)."credit", ($1)."_pgroll_new_credit") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(($2)."credit", ($2)."_pgroll_new_credit") AS pg_catalog.record)$pgroll$;
GRANT EXECUTE ON FUNCTION "public"."_pgroll_changed_customers"(anyelement, anyelement) TO PUBLIC;
-- fires for rows that clients insert [SHARE ROW EXCLUSIVE on "public"."customers"]
CREATE TRIGGER "~pgroll_insert" BEFORE INSERT ON "public"."customers"
FOR EACH ROW WHEN (NEW."_pgroll_needs_backfill") EXECUTE FUNCTION "public"."_pgroll_trigger_customers_credit"();
-- fires where an update matters to the other version [SHARE ROW EXCLUSIVE on "public"."customers"]
CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON "public"."customers"
FOR EACH ROW WHEN ((OLD."_pgroll_needs_backfill" AND NEW."_pgroll_needs_backfill") OR (NOT OLD."_pgroll_needs_backfill" AND "public"."_pgroll_changed_customers"(OLD.*, NEW.*))) EXECUTE FUNCTION "public"."_pgroll_trigger_customers_credit"();
-- fires for apply workers and bulk loaders too [SHARE ROW EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ENABLE ALWAYS TRIGGER "~pgroll_insert", ENABLE ALWAYS TRIGGER "~pgroll_update";
-- check '_pgroll_dup__pgroll_check_not_null_credit' for what is written from now on [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD CONSTRAINT "_pgroll_dup__pgroll_check_not_null_credit" CHECK ("_pgroll_new_credit" IS DISTINCT FROM NULL) NOT VALID;
-- in batches, a short transaction each
-- the rows of 'customers' that are there already
UPDATE "public"."customers" SET "_pgroll_new_credit" = "public"."_pgroll_up_customers__credit_1"("public"."_pgroll_up_customers__credit"("credit")), "_pgroll_needs_backfill" = false WHERE "_pgroll_needs_backfill"; -- a range of the table at a time
-- statistics of the new columns, so that the new version's first queries are planned well [SHARE UPDATE EXCLUSIVE on "public"."customers"]
ANALYZE "public"."customers" ("_pgroll_new_credit");
-- while clients write, a transaction each
-- proves that existing rows satisfy '_pgroll_dup__pgroll_check_not_null_credit', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" VALIDATE CONSTRAINT "_pgroll_dup__pgroll_check_not_null_credit";
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'customers' as the new version sees it
CREATE VIEW "public_02_change"."customers" WITH (security_invoker = true) AS SELECT "id", "name", "email", "_pgroll_new_credit" AS "credit", "joined" FROM "public"."customers";
-- the new version's default of 'customers.credit'
ALTER VIEW "public_02_change"."customers" ALTER COLUMN "credit" SET DEFAULT (0);

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
DROP FUNCTION "public"."_pgroll_trigger_customers_credit"();
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_changed_customers"(anyelement, anyelement);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_customers__credit"(int);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_customers__credit_1"(bigint);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_customers__credit"(text);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_customers__credit_1"(bigint);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_default_customers__credit"();
-- 'credit' is proven to hold no NULL
ALTER TABLE "public"."customers" ALTER COLUMN "_pgroll_new_credit" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."customers" DROP CONSTRAINT "_pgroll_dup__pgroll_check_not_null_credit";
-- what only the old version showed
ALTER TABLE "public"."customers" DROP COLUMN "credit", DROP COLUMN "_pgroll_needs_backfill";
-- its final name
ALTER TABLE "public"."customers" RENAME COLUMN "_pgroll_new_credit" TO "credit";
-- the default of 'credit', which the version's view carried until now
ALTER TABLE "public"."customers" ALTER COLUMN "credit" SET DEFAULT (0);
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_customers", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_change"."customers", "public"."customers"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."customers";
ALTER TABLE "public"."customers" DROP CONSTRAINT IF EXISTS "_pgroll_dup__pgroll_check_not_null_credit";
DROP TRIGGER IF EXISTS "~pgroll_update" ON "public"."customers";
DROP TRIGGER IF EXISTS "~pgroll_insert" ON "public"."customers";
DROP FUNCTION IF EXISTS "public"."_pgroll_changed_customers"(anyelement, anyelement);
DROP FUNCTION IF EXISTS "public"."_pgroll_trigger_customers_credit"();
ALTER TABLE "public"."customers" DROP COLUMN IF EXISTS "_pgroll_needs_backfill";
ALTER TABLE "public"."customers" DROP COLUMN IF EXISTS "_pgroll_new_credit";
DROP FUNCTION IF EXISTS "public"."_pgroll_default_customers__credit"();
DROP FUNCTION IF EXISTS "public"."_pgroll_down_customers__credit_1"(bigint);
DROP FUNCTION IF EXISTS "public"."_pgroll_down_customers__credit"(text);
DROP FUNCTION IF EXISTS "public"."_pgroll_up_customers__credit_1"(bigint);
DROP FUNCTION IF EXISTS "public"."_pgroll_up_customers__credit"(int);
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
