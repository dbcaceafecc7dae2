-- ==== start ====
-- one short transaction
-- numbers for 'events.number'
CREATE SEQUENCE "public"."_pgroll_new_events_number_seq" AS int;
-- draws a number for 'events.number', for clients without a right to its sequence
CREATE FUNCTION "public"."_pgroll_next_events___pgroll_new_number"() RETURNS int
LANGUAGE sql SECURITY DEFINER RETURN CAST(pg_catalog.nextval(CAST('"public"."_pgroll_new_events_number_seq"' AS pg_catalog.regclass)) AS int);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_next_events___pgroll_new_number"() TO PUBLIC;
-- column 'events.number', which the old version does not see [ACCESS EXCLUSIVE on "public"."events"]
ALTER TABLE "public"."events" ADD COLUMN "_pgroll_new_number" int;
-- marks the rows of 'events' that are still to be brought to the new version [ACCESS EXCLUSIVE on "public"."events"]
ALTER TABLE "public"."events" ADD COLUMN "_pgroll_needs_backfill" boolean NOT NULL DEFAULT true;
-- keeps both versions of a row of 'events' in step
CREATE FUNCTION "public"."_pgroll_trigger_events_number"() RETURNS trigger
LANGUAGE plpgsql AS $pgroll$
DECLARE
  by_old boolean;
  by_new boolean;
BEGIN
  IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
    by_old := false;
    by_new := NEW."_pgroll_new_number" IS DISTINCT FROM NULL;
  ELSE
    by_old := CAST(ROW(OLD."number") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."number") AS pg_catalog.record);
    by_new := CAST(ROW(OLD."_pgroll_new_number") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_number") AS pg_catalog.record);
  END IF;
  IF NOT by_old AND NOT by_new THEN
    by_new := COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_change' AS pg_catalog.name)) OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_events' AS pg_catalog.name)), 2147483647), false);
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NOT by_new AND pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_events' AS pg_catalog.name)) IS NULL THEN
      by_new := NEW."number" IS NOT DISTINCT FROM NULL;
    END IF;
    by_old := NOT by_new;
  END IF;
  IF by_old AND NOT by_new THEN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR false THEN
      NEW."_pgroll_new_number" := "public"."_pgroll_next_events___pgroll_new_number"();
    END IF;
  ELSE
    IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND OLD."_pgroll_needs_backfill" THEN
      IF CAST(ROW(OLD."_pgroll_new_number") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_number") AS pg_catalog.record) THEN
        OLD."_pgroll_new_number" := "public"."_pgroll_next_events___pgroll_new_number"();
      ELSE
        OLD."_pgroll_new_number" := "public"."_pgroll_next_events___pgroll_new_number"();
        NEW."_pgroll_new_number" := OLD."_pgroll_new_number";
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
-- whether an update of 'events' matters to the other version
CREATE FUNCTION "public"."_pgroll_changed_events"(anyelement, anyelement) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $pgroll$SELECT CAST(ROW(($1)."number", ($1)."_pgroll_new_number") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(($2)."number", ($2)."_pgroll_new_number") AS pg_catalog.record)$pgroll$;
GRANT EXECUTE ON FUNCTION "public"."_pgroll_changed_events"(anyelement, anyelement) TO PUBLIC;
-- fires for rows that clients insert [SHARE ROW EXCLUSIVE on "public"."events"]
CREATE TRIGGER "~pgroll_insert" BEFORE INSERT ON "public"."events"
FOR EACH ROW WHEN (NEW."_pgroll_needs_backfill") EXECUTE FUNCTION "public"."_pgroll_trigger_events_number"();
-- fires where an update matters to the other version [SHARE ROW EXCLUSIVE on "public"."events"]
CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON "public"."events"
FOR EACH ROW WHEN ((OLD."_pgroll_needs_backfill" AND NEW."_pgroll_needs_backfill") OR (NOT OLD."_pgroll_needs_backfill" AND "public"."_pgroll_changed_events"(OLD.*, NEW.*))) EXECUTE FUNCTION "public"."_pgroll_trigger_events_number"();
-- fires for apply workers and bulk loaders too [SHARE ROW EXCLUSIVE on "public"."events"]
ALTER TABLE "public"."events" ENABLE ALWAYS TRIGGER "~pgroll_insert", ENABLE ALWAYS TRIGGER "~pgroll_update";
-- check '_pgroll_check_not_null_number' for what is written from now on [ACCESS EXCLUSIVE on "public"."events"]
ALTER TABLE "public"."events" ADD CONSTRAINT "_pgroll_check_not_null_number" CHECK ("_pgroll_new_number" IS DISTINCT FROM NULL) NOT VALID;
-- in batches, a short transaction each
-- the rows of 'events' that are there already
UPDATE "public"."events" SET "_pgroll_new_number" = "public"."_pgroll_next_events___pgroll_new_number"(), "_pgroll_needs_backfill" = false WHERE "_pgroll_needs_backfill"; -- a range of the table at a time
-- statistics of the new columns, so that the new version's first queries are planned well [SHARE UPDATE EXCLUSIVE on "public"."events"]
ANALYZE "public"."events" ("_pgroll_new_number");
-- while clients write, a transaction each
-- proves that existing rows satisfy '_pgroll_check_not_null_number', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."events"]
ALTER TABLE "public"."events" VALIDATE CONSTRAINT "_pgroll_check_not_null_number";
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'events' as the new version sees it
CREATE VIEW "public_02_change"."events" WITH (security_invoker = true) AS SELECT "id", "title", "_pgroll_new_number" AS "number" FROM "public"."events";
-- the new version's default of 'events.number'
ALTER VIEW "public_02_change"."events" ALTER COLUMN "number" SET DEFAULT ("public"."_pgroll_next_events___pgroll_new_number"());

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_01_events"."events", "public_02_change"."events", "public"."events"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_01_events" RENAME TO "_pgroll_gone_public_01_events";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_events"."events";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_insert" ON "public"."events";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_update" ON "public"."events";
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_trigger_events_number"();
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_changed_events"(anyelement, anyelement);
-- the table takes over
ALTER VIEW "public_02_change"."events" ALTER COLUMN "number" DROP DEFAULT;
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_next_events___pgroll_new_number"();
-- 'number' is proven to hold no NULL
ALTER TABLE "public"."events" ALTER COLUMN "_pgroll_new_number" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."events" DROP CONSTRAINT "_pgroll_check_not_null_number";
-- what only the old version showed
ALTER TABLE "public"."events" DROP COLUMN "number", DROP COLUMN "_pgroll_needs_backfill";
-- its final name
ALTER TABLE "public"."events" RENAME COLUMN "_pgroll_new_number" TO "number";
-- 'number' numbers its rows itself
ALTER TABLE "public"."events" ALTER COLUMN "number" ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME "public"."events_number_seq");
-- goes on counting where the rollout stopped
SELECT pg_catalog.setval(CAST('"public"."events_number_seq"' AS pg_catalog.regclass), last_value, is_called) FROM "public"."_pgroll_new_events_number_seq";
-- its numbers come from the identity's sequence now
DROP SEQUENCE "public"."_pgroll_new_events_number_seq";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_events", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_change"."events", "public"."events"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."events";
ALTER TABLE "public"."events" DROP CONSTRAINT IF EXISTS "_pgroll_check_not_null_number";
DROP TRIGGER IF EXISTS "~pgroll_update" ON "public"."events";
DROP TRIGGER IF EXISTS "~pgroll_insert" ON "public"."events";
DROP FUNCTION IF EXISTS "public"."_pgroll_changed_events"(anyelement, anyelement);
DROP FUNCTION IF EXISTS "public"."_pgroll_trigger_events_number"();
ALTER TABLE "public"."events" DROP COLUMN IF EXISTS "_pgroll_needs_backfill";
ALTER TABLE "public"."events" DROP COLUMN IF EXISTS "_pgroll_new_number";
DROP FUNCTION IF EXISTS "public"."_pgroll_next_events___pgroll_new_number"();
DROP SEQUENCE IF EXISTS "public"."_pgroll_new_events_number_seq";
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
