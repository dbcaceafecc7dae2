-- ==== start ====
-- one short transaction
-- up of 'towns.code'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_towns__code"("code" text) RETURNS text
LANGUAGE sql RETURN (upper(code));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_towns__code"(text) TO PUBLIC;
-- down of 'towns.code'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_towns__code"("code" text) RETURNS text
LANGUAGE sql RETURN (lower(code));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_towns__code"(text) TO PUBLIC;
-- up of 'people.town'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_people__town"("town" text) RETURNS text
LANGUAGE sql RETURN (upper(town));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_people__town"(text) TO PUBLIC;
-- down of 'people.town'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_people__town"("town" text) RETURNS text
LANGUAGE sql RETURN (lower(town));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_people__town"(text) TO PUBLIC;
-- the new half of 'towns.code', which the old version does not see [ACCESS EXCLUSIVE on "public"."towns"]
ALTER TABLE "public"."towns" ADD COLUMN "_pgroll_new_code" text;
-- the new half of 'towns.zip', which the old version does not see [ACCESS EXCLUSIVE on "public"."towns"]
ALTER TABLE "public"."towns" ADD COLUMN "_pgroll_new_zip" int;
-- the new half of 'people.town', which the old version does not see [ACCESS EXCLUSIVE on "public"."people"]
ALTER TABLE "public"."people" ADD COLUMN "_pgroll_new_town" text;
-- the new half of 'people.birth', which the old version does not see [ACCESS EXCLUSIVE on "public"."people"]
ALTER TABLE "public"."people" ADD COLUMN "_pgroll_new_birth" int;
-- marks the rows of 'towns' that are still to be brought to the new version [ACCESS EXCLUSIVE on "public"."towns"]
ALTER TABLE "public"."towns" ADD COLUMN "_pgroll_needs_backfill" boolean NOT NULL DEFAULT true;
-- keeps both versions of a row of 'towns' in step
CREATE FUNCTION "public"."_pgroll_trigger_towns_zip"() RETURNS trigger
LANGUAGE plpgsql AS $pgroll$
DECLARE
  by_old boolean;
  by_new boolean;
BEGIN
  IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
    by_old := NEW."code" IS DISTINCT FROM NULL OR NEW."zip" IS DISTINCT FROM NULL;
    by_new := NEW."_pgroll_new_code" IS DISTINCT FROM NULL OR NEW."_pgroll_new_zip" IS DISTINCT FROM NULL;
  ELSE
    by_old := CAST(ROW(OLD."code", OLD."zip") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."code", NEW."zip") AS pg_catalog.record);
    by_new := CAST(ROW(OLD."_pgroll_new_code", OLD."_pgroll_new_zip") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_code", NEW."_pgroll_new_zip") AS pg_catalog.record);
  END IF;
  IF NOT by_old AND NOT by_new THEN
    by_new := COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_change' AS pg_catalog.name)) OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_people' AS pg_catalog.name)), 2147483647), false);
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NOT by_new AND pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_people' AS pg_catalog.name)) IS NULL THEN
      by_new := NEW."code" IS NOT DISTINCT FROM NULL;
    END IF;
    by_old := NOT by_new;
  END IF;
  IF by_old AND NOT by_new THEN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."code") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."code") AS pg_catalog.record) THEN
      NEW."_pgroll_new_code" := "public"."_pgroll_up_towns__code"(NEW."code");
    END IF;
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."zip") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."zip") AS pg_catalog.record) THEN
      NEW."_pgroll_new_zip" := NEW."zip";
    END IF;
  ELSE
    IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND OLD."_pgroll_needs_backfill" THEN
      IF CAST(ROW(OLD."_pgroll_new_code") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_code") AS pg_catalog.record) THEN
        OLD."_pgroll_new_code" := "public"."_pgroll_up_towns__code"(OLD."code");
      ELSE
        OLD."_pgroll_new_code" := "public"."_pgroll_up_towns__code"(OLD."code");
        NEW."_pgroll_new_code" := OLD."_pgroll_new_code";
      END IF;
      IF CAST(ROW(OLD."_pgroll_new_zip") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_zip") AS pg_catalog.record) THEN
        OLD."_pgroll_new_zip" := OLD."zip";
      ELSE
        OLD."_pgroll_new_zip" := OLD."zip";
        NEW."_pgroll_new_zip" := OLD."_pgroll_new_zip";
      END IF;
    END IF;
    IF NOT by_old THEN
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_code") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_code") AS pg_catalog.record) THEN
        NEW."code" := "public"."_pgroll_down_towns__code"(NEW."_pgroll_new_code");
      END IF;
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_zip") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_zip") AS pg_catalog.record) THEN
        NEW."zip" := NEW."_pgroll_new_zip";
      END IF;
    END IF;
  END IF;
  NEW."_pgroll_needs_backfill" := false;
  RETURN NEW;
END
$pgroll$;
-- whether an update of 'towns' matters to the other version
CREATE FUNCTION "public"."_pgroll_changed_towns"(anyelement, anyelement) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $pgroll$SELECT CAST(ROW(($1)."code", ($1)."zip", ($1)."_pgroll_new_code", ($1)."_pgroll_new_zip") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(($2)."code", ($2)."zip", ($2)."_pgroll_new_code", ($2)."_pgroll_new_zip") AS pg_catalog.record)$pgroll$;
GRANT EXECUTE ON FUNCTION "public"."_pgroll_changed_towns"(anyelement, anyelement) TO PUBLIC;
-- fires for rows that clients insert [SHARE ROW EXCLUSIVE on "public"."towns"]
CREATE TRIGGER "~pgroll_insert" BEFORE INSERT ON "public"."towns"
FOR EACH ROW WHEN (NEW."_pgroll_needs_backfill") EXECUTE FUNCTION "public"."_pgroll_trigger_towns_zip"();
-- fires where an update matters to the other version [SHARE ROW EXCLUSIVE on "public"."towns"]
CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON "public"."towns"
FOR EACH ROW WHEN ((OLD."_pgroll_needs_backfill" AND NEW."_pgroll_needs_backfill") OR (NOT OLD."_pgroll_needs_backfill" AND "public"."_pgroll_changed_towns"(OLD.*, NEW.*))) EXECUTE FUNCTION "public"."_pgroll_trigger_towns_zip"();
-- fires for apply workers and bulk loaders too [SHARE ROW EXCLUSIVE on "public"."towns"]
ALTER TABLE "public"."towns" ENABLE ALWAYS TRIGGER "~pgroll_insert", ENABLE ALWAYS TRIGGER "~pgroll_update";
-- marks the rows of 'people' that are still to be brought to the new version [ACCESS EXCLUSIVE on "public"."people"]
ALTER TABLE "public"."people" ADD COLUMN "_pgroll_needs_backfill" boolean NOT NULL DEFAULT true;
-- keeps both versions of a row of 'people' in step
CREATE FUNCTION "public"."_pgroll_trigger_people_birth"() RETURNS trigger
LANGUAGE plpgsql AS $pgroll$
DECLARE
  by_old boolean;
  by_new boolean;
BEGIN
  IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
    by_old := NEW."town" IS DISTINCT FROM NULL OR NEW."birth" IS DISTINCT FROM NULL;
    by_new := NEW."_pgroll_new_town" IS DISTINCT FROM NULL OR NEW."_pgroll_new_birth" IS DISTINCT FROM NULL;
  ELSE
    by_old := CAST(ROW(OLD."town", OLD."birth") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."town", NEW."birth") AS pg_catalog.record);
    by_new := CAST(ROW(OLD."_pgroll_new_town", OLD."_pgroll_new_birth") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_town", NEW."_pgroll_new_birth") AS pg_catalog.record);
  END IF;
  IF NOT by_old AND NOT by_new THEN
    by_new := COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_change' AS pg_catalog.name)) OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_people' AS pg_catalog.name)), 2147483647), false);
    by_old := NOT by_new;
  END IF;
  IF by_old AND NOT by_new THEN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."town") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."town") AS pg_catalog.record) THEN
      NEW."_pgroll_new_town" := "public"."_pgroll_up_people__town"(NEW."town");
    END IF;
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."birth") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."birth") AS pg_catalog.record) THEN
      NEW."_pgroll_new_birth" := NEW."birth";
    END IF;
  ELSE
    IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND OLD."_pgroll_needs_backfill" THEN
      IF CAST(ROW(OLD."_pgroll_new_town") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_town") AS pg_catalog.record) THEN
        OLD."_pgroll_new_town" := "public"."_pgroll_up_people__town"(OLD."town");
      ELSE
        OLD."_pgroll_new_town" := "public"."_pgroll_up_people__town"(OLD."town");
        NEW."_pgroll_new_town" := OLD."_pgroll_new_town";
      END IF;
      IF CAST(ROW(OLD."_pgroll_new_birth") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_birth") AS pg_catalog.record) THEN
        OLD."_pgroll_new_birth" := OLD."birth";
      ELSE
        OLD."_pgroll_new_birth" := OLD."birth";
        NEW."_pgroll_new_birth" := OLD."_pgroll_new_birth";
      END IF;
    END IF;
    IF NOT by_old THEN
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_town") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_town") AS pg_catalog.record) THEN
        NEW."town" := "public"."_pgroll_down_people__town"(NEW."_pgroll_new_town");
      END IF;
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_birth") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_birth") AS pg_catalog.record) THEN
        NEW."birth" := NEW."_pgroll_new_birth";
      END IF;
    END IF;
  END IF;
  NEW."_pgroll_needs_backfill" := false;
  RETURN NEW;
END
$pgroll$;
-- whether an update of 'people' matters to the other version
CREATE FUNCTION "public"."_pgroll_changed_people"(anyelement, anyelement) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $pgroll$SELECT CAST(ROW(($1)."town", ($1)."birth", ($1)."_pgroll_new_town", ($1)."_pgroll_new_birth") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(($2)."town", ($2)."birth", ($2)."_pgroll_new_town", ($2)."_pgroll_new_birth") AS pg_catalog.record)$pgroll$;
GRANT EXECUTE ON FUNCTION "public"."_pgroll_changed_people"(anyelement, anyelement) TO PUBLIC;
-- fires for rows that clients insert [SHARE ROW EXCLUSIVE on "public"."people"]
CREATE TRIGGER "~pgroll_insert" BEFORE INSERT ON "public"."people"
FOR EACH ROW WHEN (NEW."_pgroll_needs_backfill") EXECUTE FUNCTION "public"."_pgroll_trigger_people_birth"();
-- fires where an update matters to the other version [SHARE ROW EXCLUSIVE on "public"."people"]
CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON "public"."people"
FOR EACH ROW WHEN ((OLD."_pgroll_needs_backfill" AND NEW."_pgroll_needs_backfill") OR (NOT OLD."_pgroll_needs_backfill" AND "public"."_pgroll_changed_people"(OLD.*, NEW.*))) EXECUTE FUNCTION "public"."_pgroll_trigger_people_birth"();
-- fires for apply workers and bulk loaders too [SHARE ROW EXCLUSIVE on "public"."people"]
ALTER TABLE "public"."people" ENABLE ALWAYS TRIGGER "~pgroll_insert", ENABLE ALWAYS TRIGGER "~pgroll_update";
-- check '_pgroll_dup__pgroll_check_not_null_code' for what is written from now on [ACCESS EXCLUSIVE on "public"."towns"]
ALTER TABLE "public"."towns" ADD CONSTRAINT "_pgroll_dup__pgroll_check_not_null_code" CHECK ("_pgroll_new_code" IS DISTINCT FROM NULL) NOT VALID;
-- in batches, a short transaction each
-- the rows of 'towns' that are there already
UPDATE "public"."towns" SET "_pgroll_new_code" = "public"."_pgroll_up_towns__code"("code"), "_pgroll_new_zip" = "zip", "_pgroll_needs_backfill" = false WHERE "_pgroll_needs_backfill"; -- a range of the table at a time
-- statistics of the new columns, so that the new version's first queries are planned well [SHARE UPDATE EXCLUSIVE on "public"."towns"]
ANALYZE "public"."towns" ("_pgroll_new_code", "_pgroll_new_zip");
-- the rows of 'people' that are there already
UPDATE "public"."people" SET "_pgroll_new_town" = "public"."_pgroll_up_people__town"("town"), "_pgroll_new_birth" = "birth", "_pgroll_needs_backfill" = false WHERE "_pgroll_needs_backfill"; -- a range of the table at a time
-- statistics of the new columns, so that the new version's first queries are planned well [SHARE UPDATE EXCLUSIVE on "public"."people"]
ANALYZE "public"."people" ("_pgroll_new_town", "_pgroll_new_birth");
-- outside of a transaction, while clients write
-- index 'towns_pk', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."towns"]
CREATE UNIQUE INDEX CONCURRENTLY "towns_pk" ON "public"."towns" ("_pgroll_new_code");
-- index 'towns_zip', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."towns"]
CREATE UNIQUE INDEX CONCURRENTLY "towns_zip" ON "public"."towns" ("_pgroll_new_zip");
-- a short transaction each
-- foreign key 'people_town' for what is written from now on [SHARE ROW EXCLUSIVE on "public"."people" and "public"."towns"]
ALTER TABLE "public"."people" ADD CONSTRAINT "people_town" FOREIGN KEY ("_pgroll_new_town") REFERENCES "public"."towns" ("_pgroll_new_code") ON DELETE CASCADE NOT VALID;
-- foreign key 'people_birth' for what is written from now on [SHARE ROW EXCLUSIVE on "public"."people" and "public"."towns"]
ALTER TABLE "public"."people" ADD CONSTRAINT "people_birth" FOREIGN KEY ("_pgroll_new_birth") REFERENCES "public"."towns" ("_pgroll_new_zip") NOT VALID;
-- while clients write, a transaction each
-- proves that existing rows satisfy '_pgroll_dup__pgroll_check_not_null_code', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."towns"]
ALTER TABLE "public"."towns" VALIDATE CONSTRAINT "_pgroll_dup__pgroll_check_not_null_code";
-- proves that existing rows satisfy 'people_town', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."people"]
ALTER TABLE "public"."people" VALIDATE CONSTRAINT "people_town";
-- proves that existing rows satisfy 'people_birth', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."people"]
ALTER TABLE "public"."people" VALIDATE CONSTRAINT "people_birth";
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'towns' as the new version sees it
CREATE VIEW "public_02_change"."towns" WITH (security_invoker = true) AS SELECT "_pgroll_new_code" AS "code", "_pgroll_new_zip" AS "zip" FROM "public"."towns";
-- 'people' as the new version sees it
CREATE VIEW "public_02_change"."people" WITH (security_invoker = true) AS SELECT "id", "_pgroll_new_town" AS "town", "_pgroll_new_birth" AS "birth" FROM "public"."people";

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_01_people"."people", "public_01_people"."towns", "public"."people", "public"."towns"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_01_people" RENAME TO "_pgroll_gone_public_01_people";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_people"."towns";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_people"."people";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_insert" ON "public"."towns";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_update" ON "public"."towns";
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_trigger_towns_zip"();
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_changed_towns"(anyelement, anyelement);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_towns__code"(text);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_towns__code"(text);
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_insert" ON "public"."people";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_update" ON "public"."people";
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_trigger_people_birth"();
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_changed_people"(anyelement, anyelement);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_people__town"(text);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_people__town"(text);
-- 'code' is proven to hold no NULL
ALTER TABLE "public"."towns" ALTER COLUMN "_pgroll_new_code" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."towns" DROP CONSTRAINT "_pgroll_dup__pgroll_check_not_null_code";
-- what only the old version showed
ALTER TABLE "public"."towns" DROP COLUMN "code", DROP COLUMN "zip", DROP COLUMN "_pgroll_needs_backfill";
-- what only the old version showed
ALTER TABLE "public"."people" DROP COLUMN "town", DROP COLUMN "birth", DROP COLUMN "_pgroll_needs_backfill";
-- its final name
ALTER TABLE "public"."towns" RENAME COLUMN "_pgroll_new_code" TO "code";
-- its final name
ALTER TABLE "public"."towns" RENAME COLUMN "_pgroll_new_zip" TO "zip";
-- its final name
ALTER TABLE "public"."people" RENAME COLUMN "_pgroll_new_town" TO "town";
-- its final name
ALTER TABLE "public"."people" RENAME COLUMN "_pgroll_new_birth" TO "birth";
-- 'towns_pk' adopts its index
ALTER TABLE "public"."towns" ADD CONSTRAINT "towns_pk" PRIMARY KEY USING INDEX "towns_pk";
-- 'towns_zip' adopts its index
ALTER TABLE "public"."towns" ADD CONSTRAINT "towns_zip" UNIQUE USING INDEX "towns_zip";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_people", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_change"."people", "public_02_change"."towns", "public"."people", "public"."towns"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."towns";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."people";
ALTER TABLE "public"."people" DROP CONSTRAINT IF EXISTS "people_birth";
ALTER TABLE "public"."people" DROP CONSTRAINT IF EXISTS "people_town";
DROP INDEX IF EXISTS "public"."towns_zip";
DROP INDEX IF EXISTS "public"."towns_pk";
ALTER TABLE "public"."towns" DROP CONSTRAINT IF EXISTS "_pgroll_dup__pgroll_check_not_null_code";
DROP TRIGGER IF EXISTS "~pgroll_update" ON "public"."people";
DROP TRIGGER IF EXISTS "~pgroll_insert" ON "public"."people";
DROP FUNCTION IF EXISTS "public"."_pgroll_changed_people"(anyelement, anyelement);
DROP FUNCTION IF EXISTS "public"."_pgroll_trigger_people_birth"();
ALTER TABLE "public"."people" DROP COLUMN IF EXISTS "_pgroll_needs_backfill";
DROP TRIGGER IF EXISTS "~pgroll_update" ON "public"."towns";
DROP TRIGGER IF EXISTS "~pgroll_insert" ON "public"."towns";
DROP FUNCTION IF EXISTS "public"."_pgroll_changed_towns"(anyelement, anyelement);
DROP FUNCTION IF EXISTS "public"."_pgroll_trigger_towns_zip"();
ALTER TABLE "public"."towns" DROP COLUMN IF EXISTS "_pgroll_needs_backfill";
ALTER TABLE "public"."people" DROP COLUMN IF EXISTS "_pgroll_new_birth";
ALTER TABLE "public"."people" DROP COLUMN IF EXISTS "_pgroll_new_town";
ALTER TABLE "public"."towns" DROP COLUMN IF EXISTS "_pgroll_new_zip";
ALTER TABLE "public"."towns" DROP COLUMN IF EXISTS "_pgroll_new_code";
DROP FUNCTION IF EXISTS "public"."_pgroll_down_people__town"(text);
DROP FUNCTION IF EXISTS "public"."_pgroll_up_people__town"(text);
DROP FUNCTION IF EXISTS "public"."_pgroll_down_towns__code"(text);
DROP FUNCTION IF EXISTS "public"."_pgroll_up_towns__code"(text);
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
