-- ==== start ====
-- one short transaction
-- numbers for 'notes.id'
CREATE SEQUENCE "public"."_pgroll_new_notes_id_seq" AS integer;
-- draws a number for 'notes.id', for clients without a right to its sequence
CREATE FUNCTION "public"."_pgroll_next_notes___pgroll_new_id"() RETURNS integer
LANGUAGE sql SECURITY DEFINER RETURN CAST(pg_catalog.nextval(CAST('"public"."_pgroll_new_notes_id_seq"' AS pg_catalog.regclass)) AS integer);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_next_notes___pgroll_new_id"() TO PUBLIC;
-- column 'notes.id', which the old version does not see [ACCESS EXCLUSIVE on "public"."notes"]
ALTER TABLE "public"."notes" ADD COLUMN "_pgroll_new_id" integer;
-- what the column is for
COMMENT ON COLUMN "public"."notes"."_pgroll_new_id" IS 'numbers';
-- marks the rows of 'notes' that are still to be brought to the new version [ACCESS EXCLUSIVE on "public"."notes"]
ALTER TABLE "public"."notes" ADD COLUMN "_pgroll_needs_backfill" boolean NOT NULL DEFAULT true;
-- keeps both versions of a row of 'notes' in step
CREATE FUNCTION "public"."_pgroll_trigger_notes_id"() RETURNS trigger
LANGUAGE plpgsql AS $pgroll$
DECLARE
  by_old boolean;
  by_new boolean;
BEGIN
  IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
    by_old := false;
    by_new := NEW."_pgroll_new_id" IS DISTINCT FROM NULL;
  ELSE
    by_old := false;
    by_new := CAST(ROW(OLD."_pgroll_new_id") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_id") AS pg_catalog.record);
  END IF;
  IF NOT by_old AND NOT by_new THEN
    by_new := COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_change' AS pg_catalog.name)) OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_notes' AS pg_catalog.name)), 2147483647), false);
    by_old := NOT by_new;
  END IF;
  IF by_old AND NOT by_new THEN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR false THEN
      NEW."_pgroll_new_id" := "public"."_pgroll_next_notes___pgroll_new_id"();
    END IF;
  ELSE
    IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND OLD."_pgroll_needs_backfill" THEN
      IF CAST(ROW(OLD."_pgroll_new_id") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_id") AS pg_catalog.record) THEN
        OLD."_pgroll_new_id" := "public"."_pgroll_next_notes___pgroll_new_id"();
      ELSE
        OLD."_pgroll_new_id" := "public"."_pgroll_next_notes___pgroll_new_id"();
        NEW."_pgroll_new_id" := OLD."_pgroll_new_id";
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
-- whether an update of 'notes' matters to the other version
CREATE FUNCTION "public"."_pgroll_changed_notes"(anyelement, anyelement) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $pgroll$SELECT CAST(ROW(($1)."_pgroll_new_id") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(($2)."_pgroll_new_id") AS pg_catalog.record)$pgroll$;
GRANT EXECUTE ON FUNCTION "public"."_pgroll_changed_notes"(anyelement, anyelement) TO PUBLIC;
-- fires for rows that clients insert [SHARE ROW EXCLUSIVE on "public"."notes"]
CREATE TRIGGER "~pgroll_insert" BEFORE INSERT ON "public"."notes"
FOR EACH ROW WHEN (NEW."_pgroll_needs_backfill") EXECUTE FUNCTION "public"."_pgroll_trigger_notes_id"();
-- fires where an update matters to the other version [SHARE ROW EXCLUSIVE on "public"."notes"]
CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON "public"."notes"
FOR EACH ROW WHEN ((OLD."_pgroll_needs_backfill" AND NEW."_pgroll_needs_backfill") OR (NOT OLD."_pgroll_needs_backfill" AND "public"."_pgroll_changed_notes"(OLD.*, NEW.*))) EXECUTE FUNCTION "public"."_pgroll_trigger_notes_id"();
-- fires for apply workers and bulk loaders too [SHARE ROW EXCLUSIVE on "public"."notes"]
ALTER TABLE "public"."notes" ENABLE ALWAYS TRIGGER "~pgroll_insert", ENABLE ALWAYS TRIGGER "~pgroll_update";
-- check '_pgroll_check_not_null_id' for what is written from now on [ACCESS EXCLUSIVE on "public"."notes"]
ALTER TABLE "public"."notes" ADD CONSTRAINT "_pgroll_check_not_null_id" CHECK ("_pgroll_new_id" IS DISTINCT FROM NULL) NOT VALID;
-- in batches, a short transaction each
-- the rows of 'notes' that are there already
UPDATE "public"."notes" SET "_pgroll_new_id" = "public"."_pgroll_next_notes___pgroll_new_id"(), "_pgroll_needs_backfill" = false WHERE "_pgroll_needs_backfill"; -- a range of the table at a time
-- statistics of the new columns, so that the new version's first queries are planned well [SHARE UPDATE EXCLUSIVE on "public"."notes"]
ANALYZE "public"."notes" ("_pgroll_new_id");
-- outside of a transaction, while clients write
-- index 'id', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."notes"]
CREATE UNIQUE INDEX CONCURRENTLY "_pgroll_uniq_id" ON "public"."notes" ("_pgroll_new_id");
-- while clients write, a transaction each
-- proves that existing rows satisfy '_pgroll_check_not_null_id', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."notes"]
ALTER TABLE "public"."notes" VALIDATE CONSTRAINT "_pgroll_check_not_null_id";
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'notes' as the new version sees it
CREATE VIEW "public_02_change"."notes" WITH (security_invoker = true) AS SELECT "body", "_pgroll_new_id" AS "id" FROM "public"."notes";
-- the new version's default of 'notes.id'
ALTER VIEW "public_02_change"."notes" ALTER COLUMN "id" SET DEFAULT ("public"."_pgroll_next_notes___pgroll_new_id"());

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_01_notes"."notes", "public_02_change"."notes", "public"."notes"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_01_notes" RENAME TO "_pgroll_gone_public_01_notes";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_notes"."notes";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_insert" ON "public"."notes";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_update" ON "public"."notes";
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_trigger_notes_id"();
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_changed_notes"(anyelement, anyelement);
-- the table takes over
ALTER VIEW "public_02_change"."notes" ALTER COLUMN "id" DROP DEFAULT;
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_next_notes___pgroll_new_id"();
-- 'id' is proven to hold no NULL
ALTER TABLE "public"."notes" ALTER COLUMN "_pgroll_new_id" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."notes" DROP CONSTRAINT "_pgroll_check_not_null_id";
-- what only the old version showed
ALTER TABLE "public"."notes" DROP COLUMN "_pgroll_needs_backfill";
-- its final name
ALTER TABLE "public"."notes" RENAME COLUMN "_pgroll_new_id" TO "id";
-- its final name
ALTER SEQUENCE "public"."_pgroll_new_notes_id_seq" RENAME TO "notes_id_seq";
-- the sequence goes where its column goes
ALTER SEQUENCE "public"."notes_id_seq" OWNED BY "public"."notes"."id";
-- the default of 'id', which the version's view carried until now
ALTER TABLE "public"."notes" ALTER COLUMN "id" SET DEFAULT (nextval('"public"."notes_id_seq"'::regclass));
-- 'id' adopts its index
ALTER TABLE "public"."notes" ADD CONSTRAINT "id" UNIQUE USING INDEX "_pgroll_uniq_id";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_notes", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_change"."notes", "public"."notes"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."notes";
DROP INDEX IF EXISTS "public"."_pgroll_uniq_id";
ALTER TABLE "public"."notes" DROP CONSTRAINT IF EXISTS "_pgroll_check_not_null_id";
DROP TRIGGER IF EXISTS "~pgroll_update" ON "public"."notes";
DROP TRIGGER IF EXISTS "~pgroll_insert" ON "public"."notes";
DROP FUNCTION IF EXISTS "public"."_pgroll_changed_notes"(anyelement, anyelement);
DROP FUNCTION IF EXISTS "public"."_pgroll_trigger_notes_id"();
ALTER TABLE "public"."notes" DROP COLUMN IF EXISTS "_pgroll_needs_backfill";
ALTER TABLE "public"."notes" DROP COLUMN IF EXISTS "_pgroll_new_id";
DROP FUNCTION IF EXISTS "public"."_pgroll_next_notes___pgroll_new_id"();
DROP SEQUENCE IF EXISTS "public"."_pgroll_new_notes_id_seq";
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
