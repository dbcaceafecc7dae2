-- ==== start ====
-- one short transaction
-- up of 'readings.sensor'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_readings__sensor"("sensor" int) RETURNS int
LANGUAGE sql RETURN (coalesce(sensor, -1));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_readings__sensor"(int) TO PUBLIC;
-- down of 'readings.sensor'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_readings__sensor"("sensor" int) RETURNS int
LANGUAGE sql RETURN (nullif(sensor, -1));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_readings__sensor"(int) TO PUBLIC;
-- the new half of 'readings.sensor', which the old version does not see [ACCESS EXCLUSIVE on "public"."readings"]
ALTER TABLE "public"."readings" ADD COLUMN "_pgroll_new_sensor" int;
-- the new half of 'readings.at', which the old version does not see [ACCESS EXCLUSIVE on "public"."readings"]
ALTER TABLE "public"."readings" ADD COLUMN "_pgroll_new_at" int;
-- marks the rows of 'readings' that are still to be brought to the new version [ACCESS EXCLUSIVE on "public"."readings"]
ALTER TABLE "public"."readings" ADD COLUMN "_pgroll_needs_backfill" boolean NOT NULL DEFAULT true;
-- keeps both versions of a row of 'readings' in step
CREATE FUNCTION "public"."_pgroll_trigger_readings_at"() RETURNS trigger
LANGUAGE plpgsql AS $pgroll$
DECLARE
  by_old boolean;
  by_new boolean;
BEGIN
  IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
    by_old := NEW."sensor" IS DISTINCT FROM NULL OR NEW."at" IS DISTINCT FROM NULL;
    by_new := NEW."_pgroll_new_sensor" IS DISTINCT FROM NULL OR NEW."_pgroll_new_at" IS DISTINCT FROM NULL;
  ELSE
    by_old := CAST(ROW(OLD."sensor", OLD."at") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."sensor", NEW."at") AS pg_catalog.record);
    by_new := CAST(ROW(OLD."_pgroll_new_sensor", OLD."_pgroll_new_at") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_sensor", NEW."_pgroll_new_at") AS pg_catalog.record);
  END IF;
  IF NOT by_old AND NOT by_new THEN
    by_new := COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_change' AS pg_catalog.name)) OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_readings' AS pg_catalog.name)), 2147483647), false);
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NOT by_new AND pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_readings' AS pg_catalog.name)) IS NULL THEN
      by_new := NEW."at" IS NOT DISTINCT FROM NULL;
    END IF;
    by_old := NOT by_new;
  END IF;
  IF by_old AND NOT by_new THEN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."sensor") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."sensor") AS pg_catalog.record) THEN
      NEW."_pgroll_new_sensor" := "public"."_pgroll_up_readings__sensor"(NEW."sensor");
    END IF;
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."at") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."at") AS pg_catalog.record) THEN
      NEW."_pgroll_new_at" := NEW."at";
    END IF;
  ELSE
    IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND OLD."_pgroll_needs_backfill" THEN
      IF CAST(ROW(OLD."_pgroll_new_sensor") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_sensor") AS pg_catalog.record) THEN
        OLD."_pgroll_new_sensor" := "public"."_pgroll_up_readings__sensor"(OLD."sensor");
      ELSE
        OLD."_pgroll_new_sensor" := "public"."_pgroll_up_readings__sensor"(OLD."sensor");
        NEW."_pgroll_new_sensor" := OLD."_pgroll_new_sensor";
      END IF;
      IF CAST(ROW(OLD."_pgroll_new_at") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_at") AS pg_catalog.record) THEN
        OLD."_pgroll_new_at" := OLD."at";
      ELSE
        OLD."_pgroll_new_at" := OLD."at";
        NEW."_pgroll_new_at" := OLD."_pgroll_new_at";
      END IF;
    END IF;
    IF NOT by_old THEN
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_sensor") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_sensor") AS pg_catalog.record) THEN
        NEW."sensor" := "public"."_pgroll_down_readings__sensor"(NEW."_pgroll_new_sensor");
      END IF;
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_at") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_at") AS pg_catalog.record) THEN
        NEW."at" := NEW."_pgroll_new_at";
      END IF;
    END IF;
  END IF;
  NEW."_pgroll_needs_backfill" := false;
  RETURN NEW;
END
$pgroll$;
-- whether an update of 'readings' matters to the other version
CREATE FUNCTION "public"."_pgroll_changed_readings"(anyelement, anyelement) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $pgroll$SELECT CAST(ROW(($1)."sensor", ($1)."at", ($1)."_pgroll_new_sensor", ($1)."_pgroll_new_at") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(($2)."sensor", ($2)."at", ($2)."_pgroll_new_sensor", ($2)."_pgroll_new_at") AS pg_catalog.record)$pgroll$;
GRANT EXECUTE ON FUNCTION "public"."_pgroll_changed_readings"(anyelement, anyelement) TO PUBLIC;
-- fires for rows that clients insert [SHARE ROW EXCLUSIVE on "public"."readings"]
CREATE TRIGGER "~pgroll_insert" BEFORE INSERT ON "public"."readings"
FOR EACH ROW WHEN (NEW."_pgroll_needs_backfill") EXECUTE FUNCTION "public"."_pgroll_trigger_readings_at"();
-- fires where an update matters to the other version [SHARE ROW EXCLUSIVE on "public"."readings"]
CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON "public"."readings"
FOR EACH ROW WHEN ((OLD."_pgroll_needs_backfill" AND NEW."_pgroll_needs_backfill") OR (NOT OLD."_pgroll_needs_backfill" AND "public"."_pgroll_changed_readings"(OLD.*, NEW.*))) EXECUTE FUNCTION "public"."_pgroll_trigger_readings_at"();
-- fires for apply workers and bulk loaders too [SHARE ROW EXCLUSIVE on "public"."readings"]
ALTER TABLE "public"."readings" ENABLE ALWAYS TRIGGER "~pgroll_insert", ENABLE ALWAYS TRIGGER "~pgroll_update";
-- check '_pgroll_check_not_null_sensor' for what is written from now on [ACCESS EXCLUSIVE on "public"."readings"]
ALTER TABLE "public"."readings" ADD CONSTRAINT "_pgroll_check_not_null_sensor" CHECK ("_pgroll_new_sensor" IS DISTINCT FROM NULL) NOT VALID;
-- check '_pgroll_dup__pgroll_check_not_null_at' for what is written from now on [ACCESS EXCLUSIVE on "public"."readings"]
ALTER TABLE "public"."readings" ADD CONSTRAINT "_pgroll_dup__pgroll_check_not_null_at" CHECK ("_pgroll_new_at" IS DISTINCT FROM NULL) NOT VALID;
-- in batches, a short transaction each
-- the rows of 'readings' that are there already
UPDATE "public"."readings" SET "_pgroll_new_sensor" = "public"."_pgroll_up_readings__sensor"("sensor"), "_pgroll_new_at" = "at", "_pgroll_needs_backfill" = false WHERE "_pgroll_needs_backfill"; -- a range of the table at a time
-- statistics of the new columns, so that the new version's first queries are planned well [SHARE UPDATE EXCLUSIVE on "public"."readings"]
ANALYZE "public"."readings" ("_pgroll_new_sensor", "_pgroll_new_at");
-- outside of a transaction, while clients write
-- index 'readings_pk', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."readings"]
CREATE UNIQUE INDEX CONCURRENTLY "readings_pk" ON "public"."readings" ("_pgroll_new_sensor", "_pgroll_new_at");
-- while clients write, a transaction each
-- proves that existing rows satisfy '_pgroll_check_not_null_sensor', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."readings"]
ALTER TABLE "public"."readings" VALIDATE CONSTRAINT "_pgroll_check_not_null_sensor";
-- proves that existing rows satisfy '_pgroll_dup__pgroll_check_not_null_at', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."readings"]
ALTER TABLE "public"."readings" VALIDATE CONSTRAINT "_pgroll_dup__pgroll_check_not_null_at";
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'readings' as the new version sees it
CREATE VIEW "public_02_change"."readings" WITH (security_invoker = true) AS SELECT "_pgroll_new_sensor" AS "sensor", "_pgroll_new_at" AS "at", "value" FROM "public"."readings";

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_01_readings"."readings", "public"."readings"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_01_readings" RENAME TO "_pgroll_gone_public_01_readings";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_readings"."readings";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_insert" ON "public"."readings";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_update" ON "public"."readings";
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_trigger_readings_at"();
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_changed_readings"(anyelement, anyelement);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_readings__sensor"(int);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_readings__sensor"(int);
-- 'sensor' is proven to hold no NULL
ALTER TABLE "public"."readings" ALTER COLUMN "_pgroll_new_sensor" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."readings" DROP CONSTRAINT "_pgroll_check_not_null_sensor";
-- 'at' is proven to hold no NULL
ALTER TABLE "public"."readings" ALTER COLUMN "_pgroll_new_at" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."readings" DROP CONSTRAINT "_pgroll_dup__pgroll_check_not_null_at";
-- what only the old version showed
ALTER TABLE "public"."readings" DROP COLUMN "sensor", DROP COLUMN "at", DROP COLUMN "_pgroll_needs_backfill";
-- its final name
ALTER TABLE "public"."readings" RENAME COLUMN "_pgroll_new_sensor" TO "sensor";
-- its final name
ALTER TABLE "public"."readings" RENAME COLUMN "_pgroll_new_at" TO "at";
-- 'readings_pk' adopts its index
ALTER TABLE "public"."readings" ADD CONSTRAINT "readings_pk" PRIMARY KEY USING INDEX "readings_pk";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_readings", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_change"."readings", "public"."readings"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."readings";
DROP INDEX IF EXISTS "public"."readings_pk";
ALTER TABLE "public"."readings" DROP CONSTRAINT IF EXISTS "_pgroll_dup__pgroll_check_not_null_at";
ALTER TABLE "public"."readings" DROP CONSTRAINT IF EXISTS "_pgroll_check_not_null_sensor";
DROP TRIGGER IF EXISTS "~pgroll_update" ON "public"."readings";
DROP TRIGGER IF EXISTS "~pgroll_insert" ON "public"."readings";
DROP FUNCTION IF EXISTS "public"."_pgroll_changed_readings"(anyelement, anyelement);
DROP FUNCTION IF EXISTS "public"."_pgroll_trigger_readings_at"();
ALTER TABLE "public"."readings" DROP COLUMN IF EXISTS "_pgroll_needs_backfill";
ALTER TABLE "public"."readings" DROP COLUMN IF EXISTS "_pgroll_new_at";
ALTER TABLE "public"."readings" DROP COLUMN IF EXISTS "_pgroll_new_sensor";
DROP FUNCTION IF EXISTS "public"."_pgroll_down_readings__sensor"(int);
DROP FUNCTION IF EXISTS "public"."_pgroll_up_readings__sensor"(int);
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
