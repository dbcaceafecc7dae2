-- ==== start ====
-- one short transaction
-- up of 'people.town'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_people__town"("town" int) RETURNS int
LANGUAGE sql RETURN (CASE WHEN EXISTS (SELECT 1 FROM towns WHERE towns.id = town) THEN town ELSE NULL END);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_people__town"(int) TO PUBLIC;
-- the new half of 'people.town', which the old version does not see [ACCESS EXCLUSIVE on "public"."people"]
ALTER TABLE "public"."people" ADD COLUMN "_pgroll_new_town" int;
-- marks the rows of 'people' that are still to be brought to the new version [ACCESS EXCLUSIVE on "public"."people"]
ALTER TABLE "public"."people" ADD COLUMN "_pgroll_needs_backfill" boolean NOT NULL DEFAULT true;
-- keeps both versions of a row of 'people' in step
CREATE FUNCTION "public"."_pgroll_trigger_people_town"() RETURNS trigger
LANGUAGE plpgsql AS $pgroll$
DECLARE
  by_old boolean;
  by_new boolean;
BEGIN
  IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
    by_old := NEW."town" IS DISTINCT FROM NULL;
    by_new := NEW."_pgroll_new_town" IS DISTINCT FROM NULL;
  ELSE
    by_old := CAST(ROW(OLD."town") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."town") AS pg_catalog.record);
    by_new := CAST(ROW(OLD."_pgroll_new_town") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_town") AS pg_catalog.record);
  END IF;
  IF NOT by_old AND NOT by_new THEN
    by_new := COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_change' AS pg_catalog.name)) OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_towns' AS pg_catalog.name)), 2147483647), false);
    by_old := NOT by_new;
  END IF;
  IF by_old AND NOT by_new THEN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."town") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."town") AS pg_catalog.record) THEN
      NEW."_pgroll_new_town" := "public"."_pgroll_up_people__town"(NEW."town");
    END IF;
  ELSE
    IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND OLD."_pgroll_needs_backfill" THEN
      IF CAST(ROW(OLD."_pgroll_new_town") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_town") AS pg_catalog.record) THEN
        OLD."_pgroll_new_town" := "public"."_pgroll_up_people__town"(OLD."town");
      ELSE
        OLD."_pgroll_new_town" := "public"."_pgroll_up_people__town"(OLD."town");
        NEW."_pgroll_new_town" := OLD."_pgroll_new_town";
      END IF;
    END IF;
    IF NOT by_old THEN
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_town") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_town") AS pg_catalog.record) THEN
        NEW."town" := NEW."_pgroll_new_town";
      END IF;
    END IF;
  END IF;
  NEW."_pgroll_needs_backfill" := false;
  RETURN NEW;
END
$pgroll$;
-- whether an update of 'people' matters to the other version
CREATE FUNCTION "public"."_pgroll_changed_people"(anyelement, anyelement) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $pgroll$SELECT CAST(ROW(($1)."town", ($1)."_pgroll_new_town") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(($2)."town", ($2)."_pgroll_new_town") AS pg_catalog.record)$pgroll$;
GRANT EXECUTE ON FUNCTION "public"."_pgroll_changed_people"(anyelement, anyelement) TO PUBLIC;
-- fires for rows that clients insert [SHARE ROW EXCLUSIVE on "public"."people"]
CREATE TRIGGER "~pgroll_insert" BEFORE INSERT ON "public"."people"
FOR EACH ROW WHEN (NEW."_pgroll_needs_backfill") EXECUTE FUNCTION "public"."_pgroll_trigger_people_town"();
-- fires where an update matters to the other version [SHARE ROW EXCLUSIVE on "public"."people"]
CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON "public"."people"
FOR EACH ROW WHEN ((OLD."_pgroll_needs_backfill" AND NEW."_pgroll_needs_backfill") OR (NOT OLD."_pgroll_needs_backfill" AND "public"."_pgroll_changed_people"(OLD.*, NEW.*))) EXECUTE FUNCTION "public"."_pgroll_trigger_people_town"();
-- fires for apply workers and bulk loaders too [SHARE ROW EXCLUSIVE on "public"."people"]
ALTER TABLE "public"."people" ENABLE ALWAYS TRIGGER "~pgroll_insert", ENABLE ALWAYS TRIGGER "~pgroll_update";
-- in batches, a short transaction each
-- the rows of 'people' that are there already
UPDATE "public"."people" SET "_pgroll_new_town" = "public"."_pgroll_up_people__town"("town"), "_pgroll_needs_backfill" = false WHERE "_pgroll_needs_backfill"; -- a range of the table at a time
-- statistics of the new columns, so that the new version's first queries are planned well [SHARE UPDATE EXCLUSIVE on "public"."people"]
ANALYZE "public"."people" ("_pgroll_new_town");
-- a short transaction each
-- foreign key 'people_town_fk' for what is written from now on [SHARE ROW EXCLUSIVE on "public"."people" and "public"."towns"]
ALTER TABLE "public"."people" ADD CONSTRAINT "people_town_fk" FOREIGN KEY ("_pgroll_new_town") REFERENCES "public"."towns" ("id") ON DELETE SET NULL DEFERRABLE NOT VALID;
-- while clients write, a transaction each
-- proves that existing rows satisfy 'people_town_fk', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."people"]
ALTER TABLE "public"."people" VALIDATE CONSTRAINT "people_town_fk";
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'towns' as the new version sees it
CREATE VIEW "public_02_change"."towns" WITH (security_invoker = true) AS SELECT "id", "name" FROM "public"."towns";
-- 'people' as the new version sees it
CREATE VIEW "public_02_change"."people" WITH (security_invoker = true) AS SELECT "id", "_pgroll_new_town" AS "town" FROM "public"."people";

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_01_towns"."people", "public"."people"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_01_towns" RENAME TO "_pgroll_gone_public_01_towns";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_towns"."people";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_insert" ON "public"."people";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_update" ON "public"."people";
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_trigger_people_town"();
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_changed_people"(anyelement, anyelement);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_people__town"(int);
-- what only the old version showed
ALTER TABLE "public"."people" DROP COLUMN "town", DROP COLUMN "_pgroll_needs_backfill";
-- its final name
ALTER TABLE "public"."people" RENAME COLUMN "_pgroll_new_town" TO "town";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_towns", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_change"."people", "public"."people", "public"."towns"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."people";
ALTER TABLE "public"."people" DROP CONSTRAINT IF EXISTS "people_town_fk";
DROP TRIGGER IF EXISTS "~pgroll_update" ON "public"."people";
DROP TRIGGER IF EXISTS "~pgroll_insert" ON "public"."people";
DROP FUNCTION IF EXISTS "public"."_pgroll_changed_people"(anyelement, anyelement);
DROP FUNCTION IF EXISTS "public"."_pgroll_trigger_people_town"();
ALTER TABLE "public"."people" DROP COLUMN IF EXISTS "_pgroll_needs_backfill";
ALTER TABLE "public"."people" DROP COLUMN IF EXISTS "_pgroll_new_town";
DROP FUNCTION IF EXISTS "public"."_pgroll_up_people__town"(int);
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
