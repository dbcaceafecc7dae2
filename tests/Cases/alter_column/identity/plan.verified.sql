-- ==== start ====
-- one short transaction
-- draws a number for 'events.id', for clients without a right to its sequence
CREATE FUNCTION "public"."_pgroll_next_events___pgroll_new_id"() RETURNS bigint
LANGUAGE sql SECURITY DEFINER RETURN CAST(pg_catalog.nextval(CAST('"public"."events_id_seq"' AS pg_catalog.regclass)) AS bigint);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_next_events___pgroll_new_id"() TO PUBLIC;
-- draws a number for 'events.place', for clients without a right to its sequence
CREATE FUNCTION "public"."_pgroll_next_events___pgroll_new_place"() RETURNS smallint
LANGUAGE sql SECURITY DEFINER RETURN CAST(pg_catalog.nextval(CAST('"public"."events_number_seq"' AS pg_catalog.regclass)) AS smallint);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_next_events___pgroll_new_place"() TO PUBLIC;
-- up of 'events.id'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_events__id"("id" int) RETURNS bigint
LANGUAGE sql RETURN (id);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_events__id"(int) TO PUBLIC;
-- up of 'events.place'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_events__place"("place" int) RETURNS smallint
LANGUAGE sql RETURN (place);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_events__place"(int) TO PUBLIC;
-- down of 'events.place'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_events__place"("place" smallint) RETURNS int
LANGUAGE sql RETURN (place);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_events__place"(smallint) TO PUBLIC;
-- down of 'events.id'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_events__id"("id" bigint) RETURNS int
LANGUAGE sql RETURN (id);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_events__id"(bigint) TO PUBLIC;
-- the new half of 'happenings.id', which the old version does not see [ACCESS EXCLUSIVE on "public"."happenings"]
ALTER TABLE "public"."happenings" ADD COLUMN "_pgroll_new_id" bigint;
-- the new half of 'happenings.number', which the old version does not see [ACCESS EXCLUSIVE on "public"."happenings"]
ALTER TABLE "public"."happenings" ADD COLUMN "_pgroll_new_place" smallint;
-- marks the rows of 'happenings' that are still to be brought to the new version [ACCESS EXCLUSIVE on "public"."happenings"]
ALTER TABLE "public"."happenings" ADD COLUMN "_pgroll_needs_backfill" boolean NOT NULL DEFAULT true;
-- keeps both versions of a row of 'happenings' in step
CREATE FUNCTION "public"."_pgroll_trigger_events_place"() RETURNS trigger
LANGUAGE plpgsql AS $pgroll$
DECLARE
  by_old boolean;
  by_new boolean;
BEGIN
  IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
    by_old := false;
    by_new := NEW."_pgroll_new_id" IS DISTINCT FROM NULL OR NEW."_pgroll_new_place" IS DISTINCT FROM NULL;
  ELSE
    by_old := CAST(ROW(OLD."id", OLD."number") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."id", NEW."number") AS pg_catalog.record);
    by_new := CAST(ROW(OLD."_pgroll_new_id", OLD."_pgroll_new_place") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_id", NEW."_pgroll_new_place") AS pg_catalog.record);
  END IF;
  IF NOT by_old AND NOT by_new THEN
    by_new := COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_03_change' AS pg_catalog.name)) OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_rename' AS pg_catalog.name)), 2147483647), false);
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NOT by_new AND pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_rename' AS pg_catalog.name)) IS NULL THEN
      by_new := NEW."id" IS NOT DISTINCT FROM NULL OR NEW."number" IS NOT DISTINCT FROM NULL;
    END IF;
    by_old := NOT by_new;
  END IF;
  IF by_old AND NOT by_new THEN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."id") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."id") AS pg_catalog.record) THEN
      NEW."_pgroll_new_id" := "public"."_pgroll_up_events__id"(NEW."id");
    END IF;
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."number") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."number") AS pg_catalog.record) THEN
      NEW."_pgroll_new_place" := "public"."_pgroll_up_events__place"(NEW."number");
    END IF;
  ELSE
    IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND OLD."_pgroll_needs_backfill" THEN
      IF CAST(ROW(OLD."_pgroll_new_id") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_id") AS pg_catalog.record) THEN
        OLD."_pgroll_new_id" := "public"."_pgroll_up_events__id"(OLD."id");
      ELSE
        OLD."_pgroll_new_id" := "public"."_pgroll_up_events__id"(OLD."id");
        NEW."_pgroll_new_id" := OLD."_pgroll_new_id";
      END IF;
      IF CAST(ROW(OLD."_pgroll_new_place") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_place") AS pg_catalog.record) THEN
        OLD."_pgroll_new_place" := "public"."_pgroll_up_events__place"(OLD."number");
      ELSE
        OLD."_pgroll_new_place" := "public"."_pgroll_up_events__place"(OLD."number");
        NEW."_pgroll_new_place" := OLD."_pgroll_new_place";
      END IF;
    END IF;
    IF NOT by_old THEN
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_id") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_id") AS pg_catalog.record) THEN
        NEW."id" := "public"."_pgroll_down_events__id"(NEW."_pgroll_new_id");
      END IF;
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_place") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_place") AS pg_catalog.record) THEN
        NEW."number" := "public"."_pgroll_down_events__place"(NEW."_pgroll_new_place");
      END IF;
    END IF;
  END IF;
  NEW."_pgroll_needs_backfill" := false;
  RETURN NEW;
END
$pgroll$;
-- whether an update of 'happenings' matters to the other version
CREATE FUNCTION "public"."_pgroll_changed_events"(anyelement, anyelement) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $pgroll$SELECT CAST(ROW(($1)."id", ($1)."number", ($1)."_pgroll_new_id", ($1)."_pgroll_new_place") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(($2)."id", ($2)."number", ($2)."_pgroll_new_id", ($2)."_pgroll_new_place") AS pg_catalog.record)$pgroll$;
GRANT EXECUTE ON FUNCTION "public"."_pgroll_changed_events"(anyelement, anyelement) TO PUBLIC;
-- fires for rows that clients insert [SHARE ROW EXCLUSIVE on "public"."happenings"]
CREATE TRIGGER "~pgroll_insert" BEFORE INSERT ON "public"."happenings"
FOR EACH ROW WHEN (NEW."_pgroll_needs_backfill") EXECUTE FUNCTION "public"."_pgroll_trigger_events_place"();
-- fires where an update matters to the other version [SHARE ROW EXCLUSIVE on "public"."happenings"]
CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON "public"."happenings"
FOR EACH ROW WHEN ((OLD."_pgroll_needs_backfill" AND NEW."_pgroll_needs_backfill") OR (NOT OLD."_pgroll_needs_backfill" AND "public"."_pgroll_changed_events"(OLD.*, NEW.*))) EXECUTE FUNCTION "public"."_pgroll_trigger_events_place"();
-- fires for apply workers and bulk loaders too [SHARE ROW EXCLUSIVE on "public"."happenings"]
ALTER TABLE "public"."happenings" ENABLE ALWAYS TRIGGER "~pgroll_insert", ENABLE ALWAYS TRIGGER "~pgroll_update";
-- check '_pgroll_dup__pgroll_check_not_null_id' for what is written from now on [ACCESS EXCLUSIVE on "public"."happenings"]
ALTER TABLE "public"."happenings" ADD CONSTRAINT "_pgroll_dup__pgroll_check_not_null_id" CHECK ("_pgroll_new_id" IS DISTINCT FROM NULL) NOT VALID;
-- check '_pgroll_dup__pgroll_check_not_null_number' for what is written from now on [ACCESS EXCLUSIVE on "public"."happenings"]
ALTER TABLE "public"."happenings" ADD CONSTRAINT "_pgroll_dup__pgroll_check_not_null_number" CHECK ("_pgroll_new_place" IS DISTINCT FROM NULL) NOT VALID;
-- in batches, a short transaction each
-- the rows of 'happenings' that are there already
UPDATE "public"."happenings" SET "_pgroll_new_id" = "public"."_pgroll_up_events__id"("id"), "_pgroll_new_place" = "public"."_pgroll_up_events__place"("number"), "_pgroll_needs_backfill" = false WHERE "_pgroll_needs_backfill"; -- a range of the table at a time
-- statistics of the new columns, so that the new version's first queries are planned well [SHARE UPDATE EXCLUSIVE on "public"."happenings"]
ANALYZE "public"."happenings" ("_pgroll_new_id", "_pgroll_new_place");
-- outside of a transaction, while clients write
-- index 'events_pkey', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."happenings"]
CREATE UNIQUE INDEX CONCURRENTLY "_pgroll_dup_events_pkey" ON "public"."happenings" ("_pgroll_new_id");
-- while clients write, a transaction each
-- proves that existing rows satisfy '_pgroll_dup__pgroll_check_not_null_id', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."happenings"]
ALTER TABLE "public"."happenings" VALIDATE CONSTRAINT "_pgroll_dup__pgroll_check_not_null_id";
-- proves that existing rows satisfy '_pgroll_dup__pgroll_check_not_null_number', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."happenings"]
ALTER TABLE "public"."happenings" VALIDATE CONSTRAINT "_pgroll_dup__pgroll_check_not_null_number";
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_03_change";
-- 'events' as the new version sees it
CREATE VIEW "public_03_change"."events" WITH (security_invoker = true) AS SELECT "_pgroll_new_id" AS "id", "_pgroll_new_place" AS "place", "title" FROM "public"."happenings";
-- the new version's default of 'events.id'
ALTER VIEW "public_03_change"."events" ALTER COLUMN "id" SET DEFAULT ("public"."_pgroll_next_events___pgroll_new_id"());
-- the new version's default of 'events.place'
ALTER VIEW "public_03_change"."events" ALTER COLUMN "place" SET DEFAULT ("public"."_pgroll_next_events___pgroll_new_place"());

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_rename"."happenings", "public_03_change"."events", "public"."happenings"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_02_rename" RENAME TO "_pgroll_gone_public_02_rename";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_rename"."happenings";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_insert" ON "public"."happenings";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_update" ON "public"."happenings";
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_trigger_events_place"();
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_changed_events"(anyelement, anyelement);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_events__id"(int);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_events__place"(int);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_events__place"(smallint);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_events__id"(bigint);
-- the table takes over
ALTER VIEW "public_03_change"."events" ALTER COLUMN "id" DROP DEFAULT;
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_next_events___pgroll_new_id"();
-- the table takes over
ALTER VIEW "public_03_change"."events" ALTER COLUMN "place" DROP DEFAULT;
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_next_events___pgroll_new_place"();
-- 'id' is proven to hold no NULL
ALTER TABLE "public"."happenings" ALTER COLUMN "_pgroll_new_id" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."happenings" DROP CONSTRAINT "_pgroll_dup__pgroll_check_not_null_id";
-- 'place' is proven to hold no NULL
ALTER TABLE "public"."happenings" ALTER COLUMN "_pgroll_new_place" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."happenings" DROP CONSTRAINT "_pgroll_dup__pgroll_check_not_null_number";
-- makes room for the new half's sequence, and keeps others from drawing a number that both would give
ALTER SEQUENCE "public"."events_id_seq" RENAME TO "_pgroll_del_events_id_seq";
-- 'id' numbers its rows itself
ALTER TABLE "public"."happenings" ALTER COLUMN "_pgroll_new_id" ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME "public"."events_id_seq" START WITH 100 INCREMENT BY 5);
-- goes on counting where the rollout stopped
SELECT pg_catalog.setval(CAST('"public"."events_id_seq"' AS pg_catalog.regclass), last_value, is_called) FROM "public"."_pgroll_del_events_id_seq";
-- makes room for the new half's sequence, and keeps others from drawing a number that both would give
ALTER SEQUENCE "public"."events_number_seq" RENAME TO "_pgroll_del_events_number_seq";
-- 'place' numbers its rows itself
ALTER TABLE "public"."happenings" ALTER COLUMN "_pgroll_new_place" ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME "public"."events_number_seq");
-- goes on counting where the rollout stopped
SELECT pg_catalog.setval(CAST('"public"."events_number_seq"' AS pg_catalog.regclass), last_value, is_called) FROM "public"."_pgroll_del_events_number_seq";
-- what only the old version showed
ALTER TABLE "public"."happenings" DROP COLUMN "id", DROP COLUMN "number", DROP COLUMN "_pgroll_needs_backfill";
-- its final name
ALTER TABLE "public"."happenings" RENAME COLUMN "_pgroll_new_id" TO "id";
-- its final name
ALTER TABLE "public"."happenings" RENAME COLUMN "_pgroll_new_place" TO "place";
-- 'events_pkey' adopts its index
ALTER TABLE "public"."happenings" ADD CONSTRAINT "events_pkey" PRIMARY KEY USING INDEX "_pgroll_dup_events_pkey";
-- its final name
ALTER TABLE "public"."happenings" RENAME TO "events";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_rename", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_03_change"."events", "public"."happenings"
ALTER SCHEMA "public_03_change" RENAME TO "_pgroll_gone_public_03_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_03_change"."events";
DROP INDEX IF EXISTS "public"."_pgroll_dup_events_pkey";
ALTER TABLE "public"."happenings" DROP CONSTRAINT IF EXISTS "_pgroll_dup__pgroll_check_not_null_number";
ALTER TABLE "public"."happenings" DROP CONSTRAINT IF EXISTS "_pgroll_dup__pgroll_check_not_null_id";
DROP TRIGGER IF EXISTS "~pgroll_update" ON "public"."happenings";
DROP TRIGGER IF EXISTS "~pgroll_insert" ON "public"."happenings";
DROP FUNCTION IF EXISTS "public"."_pgroll_changed_events"(anyelement, anyelement);
DROP FUNCTION IF EXISTS "public"."_pgroll_trigger_events_place"();
ALTER TABLE "public"."happenings" DROP COLUMN IF EXISTS "_pgroll_needs_backfill";
ALTER TABLE "public"."happenings" DROP COLUMN IF EXISTS "_pgroll_new_place";
ALTER TABLE "public"."happenings" DROP COLUMN IF EXISTS "_pgroll_new_id";
DROP FUNCTION IF EXISTS "public"."_pgroll_down_events__id"(bigint);
DROP FUNCTION IF EXISTS "public"."_pgroll_down_events__place"(smallint);
DROP FUNCTION IF EXISTS "public"."_pgroll_up_events__place"(int);
DROP FUNCTION IF EXISTS "public"."_pgroll_up_events__id"(int);
DROP FUNCTION IF EXISTS "public"."_pgroll_next_events___pgroll_new_place"();
DROP FUNCTION IF EXISTS "public"."_pgroll_next_events___pgroll_new_id"();
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_03_change", its views in portions
