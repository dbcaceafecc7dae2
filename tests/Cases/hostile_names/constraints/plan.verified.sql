-- ==== start ====
-- one short transaction
-- down of 'We"ird. Table.Ünï "code"'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_We""ird. Table__Ünï ""code"""("Ünï ""code""" text) RETURNS text
LANGUAGE sql RETURN (coalesce("Ünï ""code""", ''));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_We""ird. Table__Ünï ""code"""(text) TO PUBLIC;
-- the new half of 'We"ird. Table.Ünï "code"', which the old version does not see [ACCESS EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" ADD COLUMN "_pgroll_new_Ünï ""code""" text;
-- the new half of 'We"ird. Table.a.b', which the old version does not see [ACCESS EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" ADD COLUMN "_pgroll_new_a.b" int;
-- the new half of 'We"ird. Table.Name', which the old version does not see [ACCESS EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" ADD COLUMN "_pgroll_new_Name" text;
-- marks the rows of 'We"ird. Table' that are still to be brought to the new version [ACCESS EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" ADD COLUMN "_pgroll_needs_backfill" boolean NOT NULL DEFAULT true;
-- keeps both versions of a row of 'We"ird. Table' in step
CREATE FUNCTION "public"."_pgroll_trigger_We""ird. Table_a.b"() RETURNS trigger
LANGUAGE plpgsql AS $pgroll$
DECLARE
  by_old boolean;
  by_new boolean;
BEGIN
  IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
    by_old := NEW."Ünï ""code""" IS DISTINCT FROM NULL OR NEW."a.b" IS DISTINCT FROM NULL OR NEW."Name" IS DISTINCT FROM NULL;
    by_new := NEW."_pgroll_new_Ünï ""code""" IS DISTINCT FROM NULL OR NEW."_pgroll_new_a.b" IS DISTINCT FROM NULL OR NEW."_pgroll_new_Name" IS DISTINCT FROM NULL;
  ELSE
    by_old := CAST(ROW(OLD."Ünï ""code""", OLD."a.b", OLD."Name") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."Ünï ""code""", NEW."a.b", NEW."Name") AS pg_catalog.record);
    by_new := CAST(ROW(OLD."_pgroll_new_Ünï ""code""", OLD."_pgroll_new_a.b", OLD."_pgroll_new_Name") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_Ünï ""code""", NEW."_pgroll_new_a.b", NEW."_pgroll_new_Name") AS pg_catalog.record);
  END IF;
  IF NOT by_old AND NOT by_new THEN
    by_new := COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_change' AS pg_catalog.name)) OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_table' AS pg_catalog.name)), 2147483647), false);
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NOT by_new AND pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_table' AS pg_catalog.name)) IS NULL THEN
      by_new := NEW."Name" IS NOT DISTINCT FROM NULL;
    END IF;
    by_old := NOT by_new;
  END IF;
  IF by_old AND NOT by_new THEN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."Ünï ""code""") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."Ünï ""code""") AS pg_catalog.record) THEN
      NEW."_pgroll_new_Ünï ""code""" := NEW."Ünï ""code""";
    END IF;
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."a.b") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."a.b") AS pg_catalog.record) THEN
      NEW."_pgroll_new_a.b" := NEW."a.b";
    END IF;
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."Name") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."Name") AS pg_catalog.record) THEN
      NEW."_pgroll_new_Name" := NEW."Name";
    END IF;
  ELSE
    IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND OLD."_pgroll_needs_backfill" THEN
      IF CAST(ROW(OLD."_pgroll_new_Ünï ""code""") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_Ünï ""code""") AS pg_catalog.record) THEN
        OLD."_pgroll_new_Ünï ""code""" := OLD."Ünï ""code""";
      ELSE
        OLD."_pgroll_new_Ünï ""code""" := OLD."Ünï ""code""";
        NEW."_pgroll_new_Ünï ""code""" := OLD."_pgroll_new_Ünï ""code""";
      END IF;
      IF CAST(ROW(OLD."_pgroll_new_a.b") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_a.b") AS pg_catalog.record) THEN
        OLD."_pgroll_new_a.b" := OLD."a.b";
      ELSE
        OLD."_pgroll_new_a.b" := OLD."a.b";
        NEW."_pgroll_new_a.b" := OLD."_pgroll_new_a.b";
      END IF;
      IF CAST(ROW(OLD."_pgroll_new_Name") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_Name") AS pg_catalog.record) THEN
        OLD."_pgroll_new_Name" := OLD."Name";
      ELSE
        OLD."_pgroll_new_Name" := OLD."Name";
        NEW."_pgroll_new_Name" := OLD."_pgroll_new_Name";
      END IF;
    END IF;
    IF NOT by_old THEN
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_Ünï ""code""") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_Ünï ""code""") AS pg_catalog.record) THEN
        NEW."Ünï ""code""" := "public"."_pgroll_down_We""ird. Table__Ünï ""code"""(NEW."_pgroll_new_Ünï ""code""");
      END IF;
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_a.b") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_a.b") AS pg_catalog.record) THEN
        NEW."a.b" := NEW."_pgroll_new_a.b";
      END IF;
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_Name") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_Name") AS pg_catalog.record) THEN
        NEW."Name" := NEW."_pgroll_new_Name";
      END IF;
    END IF;
  END IF;
  NEW."_pgroll_needs_backfill" := false;
  RETURN NEW;
END
$pgroll$;
-- whether an update of 'We"ird. Table' matters to the other version
CREATE FUNCTION "public"."_pgroll_changed_We""ird. Table"(anyelement, anyelement) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $pgroll$SELECT CAST(ROW(($1)."Ünï ""code""", ($1)."a.b", ($1)."Name", ($1)."_pgroll_new_Ünï ""code""", ($1)."_pgroll_new_a.b", ($1)."_pgroll_new_Name") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(($2)."Ünï ""code""", ($2)."a.b", ($2)."Name", ($2)."_pgroll_new_Ünï ""code""", ($2)."_pgroll_new_a.b", ($2)."_pgroll_new_Name") AS pg_catalog.record)$pgroll$;
GRANT EXECUTE ON FUNCTION "public"."_pgroll_changed_We""ird. Table"(anyelement, anyelement) TO PUBLIC;
-- fires for rows that clients insert [SHARE ROW EXCLUSIVE on "public"."We""ird. Table"]
CREATE TRIGGER "~pgroll_insert" BEFORE INSERT ON "public"."We""ird. Table"
FOR EACH ROW WHEN (NEW."_pgroll_needs_backfill") EXECUTE FUNCTION "public"."_pgroll_trigger_We""ird. Table_a.b"();
-- fires where an update matters to the other version [SHARE ROW EXCLUSIVE on "public"."We""ird. Table"]
CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON "public"."We""ird. Table"
FOR EACH ROW WHEN ((OLD."_pgroll_needs_backfill" AND NEW."_pgroll_needs_backfill") OR (NOT OLD."_pgroll_needs_backfill" AND "public"."_pgroll_changed_We""ird. Table"(OLD.*, NEW.*))) EXECUTE FUNCTION "public"."_pgroll_trigger_We""ird. Table_a.b"();
-- fires for apply workers and bulk loaders too [SHARE ROW EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" ENABLE ALWAYS TRIGGER "~pgroll_insert", ENABLE ALWAYS TRIGGER "~pgroll_update";
-- check '_pgroll_dup__pgroll_check_not_null_Name' for what is written from now on [ACCESS EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" ADD CONSTRAINT "_pgroll_dup__pgroll_check_not_null_Name" CHECK ("_pgroll_new_Name" IS DISTINCT FROM NULL) NOT VALID;
-- check 'or 1=1; --' for what is written from now on [ACCESS EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" ADD CONSTRAINT "_pgroll_dup_or 1=1; --" CHECK ("_pgroll_new_Ünï ""code""" <> '''' or "_pgroll_new_a.b" > 0) NOT VALID;
-- in batches, a short transaction each
-- the rows of 'We"ird. Table' that are there already
UPDATE "public"."We""ird. Table" SET "_pgroll_new_Ünï ""code""" = "Ünï ""code""", "_pgroll_new_a.b" = "a.b", "_pgroll_new_Name" = "Name", "_pgroll_needs_backfill" = false WHERE "_pgroll_needs_backfill"; -- a range of the table at a time
-- statistics of the new columns, so that the new version's first queries are planned well [SHARE UPDATE EXCLUSIVE on "public"."We""ird. Table"]
ANALYZE "public"."We""ird. Table" ("_pgroll_new_Ünï ""code""", "_pgroll_new_a.b", "_pgroll_new_Name");
-- outside of a transaction, while clients write
-- index 'a sixty-three byte name, exactly as long as PostgreSQL takes it', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."We""ird. Table"]
CREATE UNIQUE INDEX CONCURRENTLY "_pgroll_dup_We""ird. Table_Name_key" ON "public"."We""ird. Table" ("_pgroll_new_Name");
-- a short transaction each
-- foreign key 'self "fk"' for what is written from now on [SHARE ROW EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" ADD CONSTRAINT "self ""fk""" FOREIGN KEY ("_pgroll_new_a.b") REFERENCES "public"."We""ird. Table" ("select") NOT VALID;
-- while clients write, a transaction each
-- proves that existing rows satisfy '_pgroll_dup__pgroll_check_not_null_Name', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" VALIDATE CONSTRAINT "_pgroll_dup__pgroll_check_not_null_Name";
-- proves that existing rows satisfy 'or 1=1; --', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" VALIDATE CONSTRAINT "_pgroll_dup_or 1=1; --";
-- proves that existing rows satisfy 'self "fk"', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" VALIDATE CONSTRAINT "self ""fk""";
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'We"ird. Table' as the new version sees it
CREATE VIEW "public_02_change"."We""ird. Table" WITH (security_invoker = true) AS SELECT "select", "_pgroll_new_Ünï ""code""" AS "Ünï ""code""", "_pgroll_new_a.b" AS "a.b", "_pgroll_new_Name" AS "Name" FROM "public"."We""ird. Table";

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_01_table"."We""ird. Table", "public"."We""ird. Table"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_01_table" RENAME TO "_pgroll_gone_public_01_table";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_table"."We""ird. Table";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_insert" ON "public"."We""ird. Table";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_update" ON "public"."We""ird. Table";
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_trigger_We""ird. Table_a.b"();
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_changed_We""ird. Table"(anyelement, anyelement);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_We""ird. Table__Ünï ""code"""(text);
-- 'Name' is proven to hold no NULL
ALTER TABLE "public"."We""ird. Table" ALTER COLUMN "_pgroll_new_Name" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."We""ird. Table" DROP CONSTRAINT "_pgroll_dup__pgroll_check_not_null_Name";
-- what only the old version showed
ALTER TABLE "public"."We""ird. Table" DROP COLUMN "Ünï ""code""", DROP COLUMN "a.b", DROP COLUMN "Name", DROP COLUMN "_pgroll_needs_backfill";
-- its final name
ALTER TABLE "public"."We""ird. Table" RENAME COLUMN "_pgroll_new_Ünï ""code""" TO "Ünï ""code""";
-- its final name
ALTER TABLE "public"."We""ird. Table" RENAME COLUMN "_pgroll_new_a.b" TO "a.b";
-- its final name
ALTER TABLE "public"."We""ird. Table" RENAME COLUMN "_pgroll_new_Name" TO "Name";
-- its final name
ALTER TABLE "public"."We""ird. Table" RENAME CONSTRAINT "_pgroll_dup_or 1=1; --" TO "or 1=1; --";
-- 'a sixty-three byte name, exactly as long as PostgreSQL takes it' adopts its index
ALTER TABLE "public"."We""ird. Table" ADD CONSTRAINT "a sixty-three byte name, exactly as long as PostgreSQL takes it" UNIQUE USING INDEX "_pgroll_dup_We""ird. Table_Name_key";
-- what replicas are told of an old row
ALTER TABLE "public"."We""ird. Table" REPLICA IDENTITY USING INDEX "a sixty-three byte name, exactly as long as PostgreSQL takes it";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_table", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_change"."We""ird. Table", "public"."We""ird. Table"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."We""ird. Table";
ALTER TABLE "public"."We""ird. Table" DROP CONSTRAINT IF EXISTS "self ""fk""";
DROP INDEX IF EXISTS "public"."_pgroll_dup_We""ird. Table_Name_key";
ALTER TABLE "public"."We""ird. Table" DROP CONSTRAINT IF EXISTS "_pgroll_dup_or 1=1; --";
ALTER TABLE "public"."We""ird. Table" DROP CONSTRAINT IF EXISTS "_pgroll_dup__pgroll_check_not_null_Name";
DROP TRIGGER IF EXISTS "~pgroll_update" ON "public"."We""ird. Table";
DROP TRIGGER IF EXISTS "~pgroll_insert" ON "public"."We""ird. Table";
DROP FUNCTION IF EXISTS "public"."_pgroll_changed_We""ird. Table"(anyelement, anyelement);
DROP FUNCTION IF EXISTS "public"."_pgroll_trigger_We""ird. Table_a.b"();
ALTER TABLE "public"."We""ird. Table" DROP COLUMN IF EXISTS "_pgroll_needs_backfill";
ALTER TABLE "public"."We""ird. Table" DROP COLUMN IF EXISTS "_pgroll_new_Name";
ALTER TABLE "public"."We""ird. Table" DROP COLUMN IF EXISTS "_pgroll_new_a.b";
ALTER TABLE "public"."We""ird. Table" DROP COLUMN IF EXISTS "_pgroll_new_Ünï ""code""";
DROP FUNCTION IF EXISTS "public"."_pgroll_down_We""ird. Table__Ünï ""code"""(text);
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
