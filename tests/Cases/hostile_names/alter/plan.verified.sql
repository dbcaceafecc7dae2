-- ==== start ====
-- one short transaction
-- up of 'We"ird. Table.Name'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_We""ird. Table__Name"("select" integer, "Name" text) RETURNS text
LANGUAGE sql RETURN (coalesce("Name", 'none-' || "select"));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_We""ird. Table__Name"(integer, text) TO PUBLIC;
-- up of 'We"ird. Table.1st'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_We""ird. Table__1st"("1st" text) RETURNS varchar(50)
LANGUAGE sql RETURN ("1st");
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_We""ird. Table__1st"(text) TO PUBLIC;
-- up of 'We"ird. Table.a sixty-three byte name, exactly as long as PostgreSQL takes it'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_We""ird. Table__a sixty-three byte name, e_9e5f9022b4"() RETURNS text
LANGUAGE sql RETURN CAST(('') AS text);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_We""ird. Table__a sixty-three byte name, e_9e5f9022b4"() TO PUBLIC;
-- up of 'We"ird. Table.$body$'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_We""ird. Table__$body$"("$body$" text) RETURNS varchar(9)
LANGUAGE sql RETURN ("$body$");
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_We""ird. Table__$body$"(text) TO PUBLIC;
-- down of 'We"ird. Table.$body$'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_We""ird. Table__$body$"("$body$" varchar(9)) RETURNS text
LANGUAGE sql RETURN ("$body$");
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_We""ird. Table__$body$"(varchar(9)) TO PUBLIC;
-- down of 'We"ird. Table._x'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_We""ird. Table___x"("_x" int) RETURNS int
LANGUAGE sql RETURN (coalesce(_x, -1));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_We""ird. Table___x"(int) TO PUBLIC;
-- down of 'We"ird. Table.1st'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_We""ird. Table__1st"("1st" varchar(50)) RETURNS text
LANGUAGE sql RETURN ("1st");
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_We""ird. Table__1st"(varchar(50)) TO PUBLIC;
-- default of 'We"ird. Table._x'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_default_We""ird. Table___x"() RETURNS int
LANGUAGE sql RETURN (CAST((0) AS int));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_default_We""ird. Table___x"() TO PUBLIC;
-- default of 'We"ird. Table.1st'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_default_We""ird. Table__1st"() RETURNS text
LANGUAGE sql RETURN (CAST(('it''s') AS text));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_default_We""ird. Table__1st"() TO PUBLIC;
-- the new half of 'We"ird. Table._x', which the old version does not see [ACCESS EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" ADD COLUMN "_pgroll_new__x" int;
-- the new half of 'We"ird. Table.1st', which the old version does not see [ACCESS EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" ADD COLUMN "_pgroll_new_1st" varchar(50);
-- proof that the default of 'We"ird. Table.1st' fits its type; if the server refuses it, give another as `default`
ALTER TABLE "public"."We""ird. Table" ALTER COLUMN "_pgroll_new_1st" SET DEFAULT ('it''s');
ALTER TABLE "public"."We""ird. Table" ALTER COLUMN "_pgroll_new_1st" DROP DEFAULT;
-- the new half of 'We"ird. Table.a sixty-three byte name, exactly as long as PostgreSQL takes it', which the old version does not see [ACCESS EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" ADD COLUMN "_pgroll_new_a sixty-three byte name, exactly as long_16731875e6" text;
-- the new half of 'We"ird. Table.Name', which the old version does not see [ACCESS EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" ADD COLUMN "_pgroll_new_Name" text;
-- what the column is for
COMMENT ON COLUMN "public"."We""ird. Table"."_pgroll_new_Name" IS 'it''s "new"; --';
-- the new half of 'We"ird. Table.$body$', which the old version does not see [ACCESS EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" ADD COLUMN "_pgroll_new_$body$" varchar(9);
-- marks the rows of 'We"ird. Table' that are still to be brought to the new version [ACCESS EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" ADD COLUMN "_pgroll_needs_backfill" boolean NOT NULL DEFAULT true;
-- keeps both versions of a row of 'We"ird. Table' in step
CREATE FUNCTION "public"."_pgroll_trigger_We""ird. Table_$body$"() RETURNS trigger
LANGUAGE plpgsql AS $pgroll$
DECLARE
  by_old boolean;
  by_new boolean;
BEGIN
  IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
    by_old := CAST(ROW(NEW."_x") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW("public"."_pgroll_default_We""ird. Table___x"()) AS pg_catalog.record) OR CAST(ROW(NEW."1st") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW("public"."_pgroll_default_We""ird. Table__1st"()) AS pg_catalog.record) OR NEW."a sixty-three byte name, exactly as long as PostgreSQL takes it" IS DISTINCT FROM NULL OR NEW."Name" IS DISTINCT FROM NULL OR NEW."$body$" IS DISTINCT FROM NULL;
    by_new := NEW."_pgroll_new__x" IS DISTINCT FROM NULL OR NEW."_pgroll_new_1st" IS DISTINCT FROM NULL OR NEW."_pgroll_new_a sixty-three byte name, exactly as long_16731875e6" IS DISTINCT FROM NULL OR NEW."_pgroll_new_Name" IS DISTINCT FROM NULL OR NEW."_pgroll_new_$body$" IS DISTINCT FROM NULL;
  ELSE
    by_old := CAST(ROW(OLD."_x", OLD."1st", OLD."a sixty-three byte name, exactly as long as PostgreSQL takes it", OLD."Name", OLD."$body$") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_x", NEW."1st", NEW."a sixty-three byte name, exactly as long as PostgreSQL takes it", NEW."Name", NEW."$body$") AS pg_catalog.record);
    by_new := CAST(ROW(OLD."_pgroll_new__x", OLD."_pgroll_new_1st", OLD."_pgroll_new_a sixty-three byte name, exactly as long_16731875e6", OLD."_pgroll_new_Name", OLD."_pgroll_new_$body$") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new__x", NEW."_pgroll_new_1st", NEW."_pgroll_new_a sixty-three byte name, exactly as long_16731875e6", NEW."_pgroll_new_Name", NEW."_pgroll_new_$body$") AS pg_catalog.record);
  END IF;
  IF NOT by_old AND NOT by_new THEN
    by_new := COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_change' AS pg_catalog.name)) OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_table' AS pg_catalog.name)), 2147483647), false);
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NOT by_new AND pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_table' AS pg_catalog.name)) IS NULL THEN
      by_new := NEW."_x" IS NOT DISTINCT FROM NULL;
    END IF;
    by_old := NOT by_new;
  END IF;
  IF by_old AND NOT by_new THEN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."_x") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_x") AS pg_catalog.record) THEN
      NEW."_pgroll_new__x" := NEW."_x";
    END IF;
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."1st") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."1st") AS pg_catalog.record) THEN
      NEW."_pgroll_new_1st" := "public"."_pgroll_up_We""ird. Table__1st"(NEW."1st");
    END IF;
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."a sixty-three byte name, exactly as long as PostgreSQL takes it") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."a sixty-three byte name, exactly as long as PostgreSQL takes it") AS pg_catalog.record) THEN
      NEW."_pgroll_new_a sixty-three byte name, exactly as long_16731875e6" := "public"."_pgroll_up_We""ird. Table__a sixty-three byte name, e_9e5f9022b4"();
    END IF;
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."select", OLD."Name") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."select", NEW."Name") AS pg_catalog.record) THEN
      NEW."_pgroll_new_Name" := "public"."_pgroll_up_We""ird. Table__Name"(NEW."select", NEW."Name");
    END IF;
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."$body$") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."$body$") AS pg_catalog.record) THEN
      NEW."_pgroll_new_$body$" := "public"."_pgroll_up_We""ird. Table__$body$"(NEW."$body$");
    END IF;
  ELSE
    IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND OLD."_pgroll_needs_backfill" THEN
      IF CAST(ROW(OLD."_pgroll_new__x") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new__x") AS pg_catalog.record) THEN
        OLD."_pgroll_new__x" := OLD."_x";
      ELSE
        OLD."_pgroll_new__x" := OLD."_x";
        NEW."_pgroll_new__x" := OLD."_pgroll_new__x";
      END IF;
      IF CAST(ROW(OLD."_pgroll_new_1st") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_1st") AS pg_catalog.record) THEN
        OLD."_pgroll_new_1st" := "public"."_pgroll_up_We""ird. Table__1st"(OLD."1st");
      ELSE
        OLD."_pgroll_new_1st" := "public"."_pgroll_up_We""ird. Table__1st"(OLD."1st");
        NEW."_pgroll_new_1st" := OLD."_pgroll_new_1st";
      END IF;
      IF CAST(ROW(OLD."_pgroll_new_a sixty-three byte name, exactly as long_16731875e6") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_a sixty-three byte name, exactly as long_16731875e6") AS pg_catalog.record) THEN
        OLD."_pgroll_new_a sixty-three byte name, exactly as long_16731875e6" := "public"."_pgroll_up_We""ird. Table__a sixty-three byte name, e_9e5f9022b4"();
      ELSE
        OLD."_pgroll_new_a sixty-three byte name, exactly as long_16731875e6" := "public"."_pgroll_up_We""ird. Table__a sixty-three byte name, e_9e5f9022b4"();
        NEW."_pgroll_new_a sixty-three byte name, exactly as long_16731875e6" := OLD."_pgroll_new_a sixty-three byte name, exactly as long_16731875e6";
      END IF;
      IF CAST(ROW(OLD."_pgroll_new_Name") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_Name") AS pg_catalog.record) THEN
        OLD."_pgroll_new_Name" := "public"."_pgroll_up_We""ird. Table__Name"(OLD."select", OLD."Name");
      ELSE
        OLD."_pgroll_new_Name" := "public"."_pgroll_up_We""ird. Table__Name"(OLD."select", OLD."Name");
        NEW."_pgroll_new_Name" := OLD."_pgroll_new_Name";
      END IF;
      IF CAST(ROW(OLD."_pgroll_new_$body$") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_$body$") AS pg_catalog.record) THEN
        OLD."_pgroll_new_$body$" := "public"."_pgroll_up_We""ird. Table__$body$"(OLD."$body$");
      ELSE
        OLD."_pgroll_new_$body$" := "public"."_pgroll_up_We""ird. Table__$body$"(OLD."$body$");
        NEW."_pgroll_new_$body$" := OLD."_pgroll_new_$body$";
      END IF;
    END IF;
    IF NOT by_old THEN
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new__x") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new__x") AS pg_catalog.record) THEN
        NEW."_x" := "public"."_pgroll_down_We""ird. Table___x"(NEW."_pgroll_new__x");
      END IF;
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_1st") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_1st") AS pg_catalog.record) THEN
        NEW."1st" := "public"."_pgroll_down_We""ird. Table__1st"(NEW."_pgroll_new_1st");
      END IF;
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_a sixty-three byte name, exactly as long_16731875e6") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_a sixty-three byte name, exactly as long_16731875e6") AS pg_catalog.record) THEN
        NEW."a sixty-three byte name, exactly as long as PostgreSQL takes it" := NEW."_pgroll_new_a sixty-three byte name, exactly as long_16731875e6";
      END IF;
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_Name") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_Name") AS pg_catalog.record) THEN
        NEW."Name" := NEW."_pgroll_new_Name";
      END IF;
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_$body$") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_$body$") AS pg_catalog.record) THEN
        NEW."$body$" := "public"."_pgroll_down_We""ird. Table__$body$"(NEW."_pgroll_new_$body$");
      END IF;
    END IF;
  END IF;
  NEW."_pgroll_needs_backfill" := false;
  RETURN NEW;
END
$pgroll$;
-- whether an update of 'We"ird. Table' matters to the other version
CREATE FUNCTION "public"."_pgroll_changed_We""ird. Table"(anyelement, anyelement) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $pgroll$SELECT CAST(ROW(($1)."_x", ($1)."1st", ($1)."a sixty-three byte name, exactly as long as PostgreSQL takes it", ($1)."Name", ($1)."$body$", ($1)."_pgroll_new__x", ($1)."_pgroll_new_1st", ($1)."_pgroll_new_a sixty-three byte name, exactly as long_16731875e6", ($1)."_pgroll_new_Name", ($1)."_pgroll_new_$body$", ($1)."select") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(($2)."_x", ($2)."1st", ($2)."a sixty-three byte name, exactly as long as PostgreSQL takes it", ($2)."Name", ($2)."$body$", ($2)."_pgroll_new__x", ($2)."_pgroll_new_1st", ($2)."_pgroll_new_a sixty-three byte name, exactly as long_16731875e6", ($2)."_pgroll_new_Name", ($2)."_pgroll_new_$body$", ($2)."select") AS pg_catalog.record)$pgroll$;
GRANT EXECUTE ON FUNCTION "public"."_pgroll_changed_We""ird. Table"(anyelement, anyelement) TO PUBLIC;
-- fires for rows that clients insert [SHARE ROW EXCLUSIVE on "public"."We""ird. Table"]
CREATE TRIGGER "~pgroll_insert" BEFORE INSERT ON "public"."We""ird. Table"
FOR EACH ROW WHEN (NEW."_pgroll_needs_backfill") EXECUTE FUNCTION "public"."_pgroll_trigger_We""ird. Table_$body$"();
-- fires where an update matters to the other version [SHARE ROW EXCLUSIVE on "public"."We""ird. Table"]
CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON "public"."We""ird. Table"
FOR EACH ROW WHEN ((OLD."_pgroll_needs_backfill" AND NEW."_pgroll_needs_backfill") OR (NOT OLD."_pgroll_needs_backfill" AND "public"."_pgroll_changed_We""ird. Table"(OLD.*, NEW.*))) EXECUTE FUNCTION "public"."_pgroll_trigger_We""ird. Table_$body$"();
-- fires for apply workers and bulk loaders too [SHARE ROW EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" ENABLE ALWAYS TRIGGER "~pgroll_insert", ENABLE ALWAYS TRIGGER "~pgroll_update";
-- check '_pgroll_check_not_null_a sixty-three byte name, exac_4786617b2e' for what is written from now on [ACCESS EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" ADD CONSTRAINT "_pgroll_check_not_null_a sixty-three byte name, exac_4786617b2e" CHECK ("_pgroll_new_a sixty-three byte name, exactly as long_16731875e6" IS DISTINCT FROM NULL) NOT VALID;
-- check '_pgroll_check_not_null_Name' for what is written from now on [ACCESS EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" ADD CONSTRAINT "_pgroll_check_not_null_Name" CHECK ("_pgroll_new_Name" IS DISTINCT FROM NULL) NOT VALID;
-- check 'check; --' for what is written from now on [ACCESS EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" ADD CONSTRAINT "_pgroll_dup_check; --" CHECK ("_pgroll_new_$body$" <> '/*') NOT VALID;
-- in batches, a short transaction each
-- the rows of 'We"ird. Table' that are there already
UPDATE "public"."We""ird. Table" SET "_pgroll_new__x" = "_x", "_pgroll_new_1st" = "public"."_pgroll_up_We""ird. Table__1st"("1st"), "_pgroll_new_a sixty-three byte name, exactly as long_16731875e6" = "public"."_pgroll_up_We""ird. Table__a sixty-three byte name, e_9e5f9022b4"(), "_pgroll_new_Name" = "public"."_pgroll_up_We""ird. Table__Name"("select", "Name"), "_pgroll_new_$body$" = "public"."_pgroll_up_We""ird. Table__$body$"("$body$"), "_pgroll_needs_backfill" = false WHERE "_pgroll_needs_backfill"; -- a range of the table at a time
-- statistics of the new columns, so that the new version's first queries are planned well [SHARE UPDATE EXCLUSIVE on "public"."We""ird. Table"]
ANALYZE "public"."We""ird. Table" ("_pgroll_new__x", "_pgroll_new_1st", "_pgroll_new_a sixty-three byte name, exactly as long_16731875e6", "_pgroll_new_Name", "_pgroll_new_$body$");
-- outside of a transaction, while clients write
-- index 'index on "x"', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."We""ird. Table"]
CREATE INDEX CONCURRENTLY "_pgroll_dup_index on ""x""" ON "public"."We""ird. Table" USING btree ("Ünï ""code""", "_pgroll_new_Name") WHERE ("_pgroll_new_Name" <> 'using');
-- index 'We"ird. Table_Name_key', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."We""ird. Table"]
CREATE UNIQUE INDEX CONCURRENTLY "_pgroll_dup_We""ird. Table_Name_key" ON "public"."We""ird. Table" ("_pgroll_new_Name");
-- while clients write, a transaction each
-- proves that existing rows satisfy '_pgroll_check_not_null_a sixty-three byte name, exac_4786617b2e', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" VALIDATE CONSTRAINT "_pgroll_check_not_null_a sixty-three byte name, exac_4786617b2e";
-- proves that existing rows satisfy '_pgroll_check_not_null_Name', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" VALIDATE CONSTRAINT "_pgroll_check_not_null_Name";
-- proves that existing rows satisfy 'check; --', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."We""ird. Table"]
ALTER TABLE "public"."We""ird. Table" VALIDATE CONSTRAINT "_pgroll_dup_check; --";
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'We"ird. Table' as the new version sees it
CREATE VIEW "public_02_change"."We""ird. Table" WITH (security_invoker = true) AS SELECT "select", "Ünï ""code""", "_pgroll_new__x" AS "_x", "_pgroll_new_1st" AS "1st", "_pgroll_new_a sixty-three byte name, exactly as long_16731875e6" AS "a sixty-three byte name, exactly as long as PostgreSQL takes it", "_pgroll_new_Name" AS "Name", "_pgroll_new_$body$" AS "$body$" FROM "public"."We""ird. Table";
-- the new version's default of 'We"ird. Table._x'
ALTER VIEW "public_02_change"."We""ird. Table" ALTER COLUMN "_x" SET DEFAULT (0);
-- the new version's default of 'We"ird. Table.1st'
ALTER VIEW "public_02_change"."We""ird. Table" ALTER COLUMN "1st" SET DEFAULT ('it''s');

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
DROP FUNCTION "public"."_pgroll_trigger_We""ird. Table_$body$"();
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_changed_We""ird. Table"(anyelement, anyelement);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_We""ird. Table__Name"(integer, text);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_We""ird. Table__1st"(text);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_We""ird. Table__a sixty-three byte name, e_9e5f9022b4"();
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_We""ird. Table__$body$"(text);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_We""ird. Table__$body$"(varchar(9));
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_We""ird. Table___x"(int);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_We""ird. Table__1st"(varchar(50));
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_default_We""ird. Table___x"();
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_default_We""ird. Table__1st"();
-- 'a sixty-three byte name, exactly as long as PostgreSQL takes it' is proven to hold no NULL
ALTER TABLE "public"."We""ird. Table" ALTER COLUMN "_pgroll_new_a sixty-three byte name, exactly as long_16731875e6" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."We""ird. Table" DROP CONSTRAINT "_pgroll_check_not_null_a sixty-three byte name, exac_4786617b2e";
-- 'Name' is proven to hold no NULL
ALTER TABLE "public"."We""ird. Table" ALTER COLUMN "_pgroll_new_Name" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."We""ird. Table" DROP CONSTRAINT "_pgroll_check_not_null_Name";
-- what only the old version showed
ALTER TABLE "public"."We""ird. Table" DROP COLUMN "_x", DROP COLUMN "1st", DROP COLUMN "a sixty-three byte name, exactly as long as PostgreSQL takes it", DROP COLUMN "Name", DROP COLUMN "$body$", DROP COLUMN "_pgroll_needs_backfill";
-- its final name
ALTER TABLE "public"."We""ird. Table" RENAME COLUMN "_pgroll_new__x" TO "_x";
-- its final name
ALTER TABLE "public"."We""ird. Table" RENAME COLUMN "_pgroll_new_1st" TO "1st";
-- its final name
ALTER TABLE "public"."We""ird. Table" RENAME COLUMN "_pgroll_new_a sixty-three byte name, exactly as long_16731875e6" TO "a sixty-three byte name, exactly as long as PostgreSQL takes it";
-- its final name
ALTER TABLE "public"."We""ird. Table" RENAME COLUMN "_pgroll_new_Name" TO "Name";
-- its final name
ALTER TABLE "public"."We""ird. Table" RENAME COLUMN "_pgroll_new_$body$" TO "$body$";
-- the default of '_x', which the version's view carried until now
ALTER TABLE "public"."We""ird. Table" ALTER COLUMN "_x" SET DEFAULT (0);
-- the default of '1st', which the version's view carried until now
ALTER TABLE "public"."We""ird. Table" ALTER COLUMN "1st" SET DEFAULT ('it''s');
-- its final name
ALTER TABLE "public"."We""ird. Table" RENAME CONSTRAINT "_pgroll_dup_check; --" TO "check; --";
-- its final name
ALTER INDEX "public"."_pgroll_dup_index on ""x""" RENAME TO "index on ""x""";
-- 'We"ird. Table_Name_key' adopts its index
ALTER TABLE "public"."We""ird. Table" ADD CONSTRAINT "We""ird. Table_Name_key" UNIQUE USING INDEX "_pgroll_dup_We""ird. Table_Name_key";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_table", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_change"."We""ird. Table", "public"."We""ird. Table"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."We""ird. Table";
DROP INDEX IF EXISTS "public"."_pgroll_dup_We""ird. Table_Name_key";
DROP INDEX IF EXISTS "public"."_pgroll_dup_index on ""x""";
ALTER TABLE "public"."We""ird. Table" DROP CONSTRAINT IF EXISTS "_pgroll_dup_check; --";
ALTER TABLE "public"."We""ird. Table" DROP CONSTRAINT IF EXISTS "_pgroll_check_not_null_Name";
ALTER TABLE "public"."We""ird. Table" DROP CONSTRAINT IF EXISTS "_pgroll_check_not_null_a sixty-three byte name, exac_4786617b2e";
DROP TRIGGER IF EXISTS "~pgroll_update" ON "public"."We""ird. Table";
DROP TRIGGER IF EXISTS "~pgroll_insert" ON "public"."We""ird. Table";
DROP FUNCTION IF EXISTS "public"."_pgroll_changed_We""ird. Table"(anyelement, anyelement);
DROP FUNCTION IF EXISTS "public"."_pgroll_trigger_We""ird. Table_$body$"();
ALTER TABLE "public"."We""ird. Table" DROP COLUMN IF EXISTS "_pgroll_needs_backfill";
ALTER TABLE "public"."We""ird. Table" DROP COLUMN IF EXISTS "_pgroll_new_$body$";
ALTER TABLE "public"."We""ird. Table" DROP COLUMN IF EXISTS "_pgroll_new_Name";
ALTER TABLE "public"."We""ird. Table" DROP COLUMN IF EXISTS "_pgroll_new_a sixty-three byte name, exactly as long_16731875e6";
ALTER TABLE "public"."We""ird. Table" DROP COLUMN IF EXISTS "_pgroll_new_1st";
ALTER TABLE "public"."We""ird. Table" DROP COLUMN IF EXISTS "_pgroll_new__x";
DROP FUNCTION IF EXISTS "public"."_pgroll_default_We""ird. Table__1st"();
DROP FUNCTION IF EXISTS "public"."_pgroll_default_We""ird. Table___x"();
DROP FUNCTION IF EXISTS "public"."_pgroll_down_We""ird. Table__1st"(varchar(50));
DROP FUNCTION IF EXISTS "public"."_pgroll_down_We""ird. Table___x"(int);
DROP FUNCTION IF EXISTS "public"."_pgroll_down_We""ird. Table__$body$"(varchar(9));
DROP FUNCTION IF EXISTS "public"."_pgroll_up_We""ird. Table__$body$"(text);
DROP FUNCTION IF EXISTS "public"."_pgroll_up_We""ird. Table__a sixty-three byte name, e_9e5f9022b4"();
DROP FUNCTION IF EXISTS "public"."_pgroll_up_We""ird. Table__1st"(text);
DROP FUNCTION IF EXISTS "public"."_pgroll_up_We""ird. Table__Name"(integer, text);
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
