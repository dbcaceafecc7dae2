-- ==== start ====
-- one short transaction
-- up of 'order.group by'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_order__group by"("from" text) RETURNS text
LANGUAGE sql RETURN (coalesce("from", ''''));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_order__group by"(text) TO PUBLIC;
-- down of 'order.Ünï "code"'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_order__Ünï ""code"""("select" integer, "from" text) RETURNS text
LANGUAGE sql RETURN ("from" || '"' || "select");
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_order__Ünï ""code"""(integer, text) TO PUBLIC;
-- table 'user', which the old version does not see
CREATE TABLE "public"."user" (
  "table" int NOT NULL,
  CONSTRAINT "user_pkey" PRIMARY KEY ("table")
);
-- column 'We"ird. Table.group by', which the old version does not see [ACCESS EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" ADD COLUMN "_pgroll_new_group by" text;
-- proof that the default of 'order.group by' fits its type; if the server refuses it, give another as `default`
ALTER TABLE "public"."We""ird. Table" ALTER COLUMN "_pgroll_new_group by" SET DEFAULT ('$$');
ALTER TABLE "public"."We""ird. Table" ALTER COLUMN "_pgroll_new_group by" DROP DEFAULT;
-- marks the rows of 'We"ird. Table' that are still to be brought to the new version [ACCESS EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" ADD COLUMN "_pgroll_needs_backfill" boolean NOT NULL DEFAULT true;
-- keeps both versions of a row of 'We"ird. Table' in step
CREATE FUNCTION "public"."_pgroll_trigger_order_group by"() RETURNS trigger
LANGUAGE plpgsql AS $pgroll$
DECLARE
  by_old boolean;
  by_new boolean;
BEGIN
  IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
    by_old := NEW."Ünï ""code""" IS DISTINCT FROM NULL;
    by_new := NEW."_pgroll_new_group by" IS DISTINCT FROM NULL;
  ELSE
    by_old := CAST(ROW(OLD."Ünï ""code""") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."Ünï ""code""") AS pg_catalog.record);
    by_new := CAST(ROW(OLD."_pgroll_new_group by") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_group by") AS pg_catalog.record);
  END IF;
  IF NOT by_old AND NOT by_new THEN
    by_new := COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_change' AS pg_catalog.name)) OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_table' AS pg_catalog.name)), 2147483647), false);
    by_old := NOT by_new;
  END IF;
  IF by_old AND NOT by_new THEN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."Name") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."Name") AS pg_catalog.record) THEN
      NEW."_pgroll_new_group by" := "public"."_pgroll_up_order__group by"(NEW."Name");
    END IF;
  ELSE
    IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND OLD."_pgroll_needs_backfill" THEN
      IF CAST(ROW(OLD."_pgroll_new_group by") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_group by") AS pg_catalog.record) THEN
        OLD."_pgroll_new_group by" := "public"."_pgroll_up_order__group by"(OLD."Name");
      ELSE
        OLD."_pgroll_new_group by" := "public"."_pgroll_up_order__group by"(OLD."Name");
        NEW."_pgroll_new_group by" := OLD."_pgroll_new_group by";
      END IF;
    END IF;
    IF NOT by_old THEN
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."select", OLD."Name") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."select", NEW."Name") AS pg_catalog.record) THEN
        NEW."Ünï ""code""" := "public"."_pgroll_down_order__Ünï ""code"""(NEW."select", NEW."Name");
      END IF;
    END IF;
  END IF;
  NEW."_pgroll_needs_backfill" := false;
  RETURN NEW;
END
$pgroll$;
-- whether an update of 'We"ird. Table' matters to the other version
CREATE FUNCTION "public"."_pgroll_changed_order"(anyelement, anyelement) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $pgroll$SELECT CAST(ROW(($1)."Ünï ""code""", ($1)."_pgroll_new_group by", ($1)."Name", ($1)."select") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(($2)."Ünï ""code""", ($2)."_pgroll_new_group by", ($2)."Name", ($2)."select") AS pg_catalog.record)$pgroll$;
GRANT EXECUTE ON FUNCTION "public"."_pgroll_changed_order"(anyelement, anyelement) TO PUBLIC;
-- fires for rows that clients insert [SHARE ROW EXCLUSIVE on "public"."We""ird. Table"]
CREATE TRIGGER "~pgroll_insert" BEFORE INSERT ON "public"."We""ird. Table"
FOR EACH ROW WHEN (NEW."_pgroll_needs_backfill") EXECUTE FUNCTION "public"."_pgroll_trigger_order_group by"();
-- fires where an update matters to the other version [SHARE ROW EXCLUSIVE on "public"."We""ird. Table"]
CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON "public"."We""ird. Table"
FOR EACH ROW WHEN ((OLD."_pgroll_needs_backfill" AND NEW."_pgroll_needs_backfill") OR (NOT OLD."_pgroll_needs_backfill" AND "public"."_pgroll_changed_order"(OLD.*, NEW.*))) EXECUTE FUNCTION "public"."_pgroll_trigger_order_group by"();
-- fires for apply workers and bulk loaders too [SHARE ROW EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" ENABLE ALWAYS TRIGGER "~pgroll_insert", ENABLE ALWAYS TRIGGER "~pgroll_update";
-- check '_pgroll_check_not_null_group by' for what is written from now on [ACCESS EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" ADD CONSTRAINT "_pgroll_check_not_null_group by" CHECK ("_pgroll_new_group by" IS DISTINCT FROM NULL) NOT VALID;
-- in batches, a short transaction each
-- the rows of 'We"ird. Table' that are there already
UPDATE "public"."We""ird. Table" SET "_pgroll_new_group by" = "public"."_pgroll_up_order__group by"("Name"), "_pgroll_needs_backfill" = false WHERE "_pgroll_needs_backfill"; -- a range of the table at a time
-- statistics of the new columns, so that the new version's first queries are planned well [SHARE UPDATE EXCLUSIVE on "public"."We""ird. Table"]
ANALYZE "public"."We""ird. Table" ("_pgroll_new_group by");
-- outside of a transaction, while clients write
-- index 'Ix ä', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."We""ird. Table"]
CREATE INDEX CONCURRENTLY "Ix ä" ON "public"."We""ird. Table" USING btree ("_pgroll_new_group by" DESC);
-- a short transaction each
-- foreign key 'fk "x"' of the new table [SHARE ROW EXCLUSIVE on "public"."user" and "public"."We""ird. Table"]
ALTER TABLE "public"."user" ADD CONSTRAINT "fk ""x""" FOREIGN KEY ("table") REFERENCES "public"."We""ird. Table" ("select");
-- while clients write, a transaction each
-- proves that existing rows satisfy '_pgroll_check_not_null_group by', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" VALIDATE CONSTRAINT "_pgroll_check_not_null_group by";
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'order' as the new version sees it
CREATE VIEW "public_02_change"."order" WITH (security_invoker = true) AS SELECT "select", "_x", "1st", "a sixty-three byte name, exactly as long as PostgreSQL takes it", "Name" AS "from", "$body$", "_pgroll_new_group by" AS "group by" FROM "public"."We""ird. Table";
-- the new version's default of 'order.group by'
ALTER VIEW "public_02_change"."order" ALTER COLUMN "group by" SET DEFAULT ('$$');
-- 'user' as the new version sees it
CREATE VIEW "public_02_change"."user" WITH (security_invoker = true) AS SELECT "table" FROM "public"."user";

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
DROP FUNCTION "public"."_pgroll_trigger_order_group by"();
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_changed_order"(anyelement, anyelement);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_order__group by"(text);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_order__Ünï ""code"""(integer, text);
-- 'group by' is proven to hold no NULL
ALTER TABLE "public"."We""ird. Table" ALTER COLUMN "_pgroll_new_group by" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."We""ird. Table" DROP CONSTRAINT "_pgroll_check_not_null_group by";
-- what only the old version showed
ALTER TABLE "public"."We""ird. Table" DROP COLUMN "Ünï ""code""", DROP COLUMN "_pgroll_needs_backfill";
-- its final name
ALTER TABLE "public"."We""ird. Table" RENAME COLUMN "Name" TO "from";
-- its final name
ALTER TABLE "public"."We""ird. Table" RENAME COLUMN "_pgroll_new_group by" TO "group by";
-- the default of 'group by', which the version's view carried until now
ALTER TABLE "public"."We""ird. Table" ALTER COLUMN "group by" SET DEFAULT ('$$');
-- its final name
ALTER TABLE "public"."We""ird. Table" RENAME TO "order";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_table", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_change"."order", "public_02_change"."user", "public"."We""ird. Table", "public"."user"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."order";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."user";
ALTER TABLE "public"."user" DROP CONSTRAINT IF EXISTS "fk ""x""";
DROP INDEX IF EXISTS "public"."Ix ä";
ALTER TABLE "public"."We""ird. Table" DROP CONSTRAINT IF EXISTS "_pgroll_check_not_null_group by";
DROP TRIGGER IF EXISTS "~pgroll_update" ON "public"."We""ird. Table";
DROP TRIGGER IF EXISTS "~pgroll_insert" ON "public"."We""ird. Table";
DROP FUNCTION IF EXISTS "public"."_pgroll_changed_order"(anyelement, anyelement);
DROP FUNCTION IF EXISTS "public"."_pgroll_trigger_order_group by"();
ALTER TABLE "public"."We""ird. Table" DROP COLUMN IF EXISTS "_pgroll_needs_backfill";
ALTER TABLE "public"."We""ird. Table" DROP COLUMN IF EXISTS "_pgroll_new_group by";
DROP TABLE IF EXISTS "public"."user";
DROP FUNCTION IF EXISTS "public"."_pgroll_down_order__Ünï ""code"""(integer, text);
DROP FUNCTION IF EXISTS "public"."_pgroll_up_order__group by"(text);
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
