-- ==== start ====
-- one short transaction
-- draws a number for 't.id', for clients without a right to its sequence
CREATE FUNCTION "public"."_pgroll_next_t___pgroll_new_id"() RETURNS bigint
LANGUAGE sql SECURITY DEFINER RETURN CAST(pg_catalog.nextval(CAST('"public"."t_id_seq"' AS pg_catalog.regclass)) AS bigint);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_next_t___pgroll_new_id"() TO PUBLIC;
-- up of 't.id'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_t__id"("id" integer) RETURNS bigint
LANGUAGE sql RETURN (id);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_t__id"(integer) TO PUBLIC;
-- up of 't.d'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_t__d"("d" text) RETURNS citext
LANGUAGE sql RETURN (d);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_t__d"(text) TO PUBLIC;
-- down of 't.d'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_t__d"("d" citext) RETURNS text
LANGUAGE sql RETURN (d);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_t__d"(citext) TO PUBLIC;
-- down of 't.id'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_t__id"("id" bigint) RETURNS integer
LANGUAGE sql RETURN (id);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_t__id"(bigint) TO PUBLIC;
-- the new half of 't.id', which the old version does not see [ACCESS EXCLUSIVE on "public"."t"]
ALTER TABLE "public"."t" ADD COLUMN "_pgroll_new_id" bigint;
-- the new half of 't.d', which the old version does not see [ACCESS EXCLUSIVE on "public"."t"]
ALTER TABLE "public"."t" ADD COLUMN "_pgroll_new_d" citext COLLATE pg_catalog."C";
-- 'd' is stored and counted as it was [ACCESS EXCLUSIVE on "public"."t"]
ALTER TABLE "public"."t" ALTER COLUMN "_pgroll_new_d" SET STATISTICS 50, ALTER COLUMN "_pgroll_new_d" SET (n_distinct='5'), ALTER COLUMN "_pgroll_new_d" SET STORAGE EXTERNAL, ALTER COLUMN "_pgroll_new_d" SET COMPRESSION "pglz";
-- whoever may use the old half may use the new one
GRANT SELECT ("_pgroll_new_d") ON "public"."t" TO "app";
-- whoever may use the old half may use the new one
GRANT UPDATE ("_pgroll_new_d") ON "public"."t" TO PUBLIC;
-- what 'known' knows, of the new halves [SHARE UPDATE EXCLUSIVE on "public"."t"]
CREATE STATISTICS "other"."_pgroll_dup_known" (mcv) ON "_pgroll_new_id", lower("_pgroll_new_d") FROM "public"."t";
-- as detailed as they were
ALTER STATISTICS "other"."_pgroll_dup_known" SET STATISTICS 9;
-- what they are for
COMMENT ON STATISTICS "other"."_pgroll_dup_known" IS 'together';
-- whose they were
ALTER STATISTICS "other"."_pgroll_dup_known" OWNER TO "app";
-- marks the rows of 't' that are still to be brought to the new version [ACCESS EXCLUSIVE on "public"."t"]
ALTER TABLE "public"."t" ADD COLUMN "_pgroll_needs_backfill" boolean NOT NULL DEFAULT true;
-- keeps both versions of a row of 't' in step
CREATE FUNCTION "public"."_pgroll_trigger_t_d"() RETURNS trigger
LANGUAGE plpgsql AS $pgroll$
DECLARE
  by_old boolean;
  by_new boolean;
BEGIN
  IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
    by_old := NEW."d" IS DISTINCT FROM NULL;
    by_new := NEW."_pgroll_new_id" IS DISTINCT FROM NULL OR NEW."_pgroll_new_d" IS DISTINCT FROM NULL;
  ELSE
    by_old := CAST(ROW(OLD."id", OLD."d") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."id", NEW."d") AS pg_catalog.record);
    by_new := CAST(ROW(OLD."_pgroll_new_id", OLD."_pgroll_new_d") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_id", NEW."_pgroll_new_d") AS pg_catalog.record);
  END IF;
  IF NOT by_old AND NOT by_new THEN
    by_new := COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_change' AS pg_catalog.name)) OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01' AS pg_catalog.name)), 2147483647), false);
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NOT by_new AND pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01' AS pg_catalog.name)) IS NULL THEN
      by_new := NEW."id" IS NOT DISTINCT FROM NULL OR NEW."d" IS NOT DISTINCT FROM NULL;
    END IF;
    by_old := NOT by_new;
  END IF;
  IF by_old AND NOT by_new THEN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."id") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."id") AS pg_catalog.record) THEN
      NEW."_pgroll_new_id" := "public"."_pgroll_up_t__id"(NEW."id");
    END IF;
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."d") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."d") AS pg_catalog.record) THEN
      NEW."_pgroll_new_d" := "public"."_pgroll_up_t__d"(NEW."d");
    END IF;
  ELSE
    IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND OLD."_pgroll_needs_backfill" THEN
      IF CAST(ROW(OLD."_pgroll_new_id") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_id") AS pg_catalog.record) THEN
        OLD."_pgroll_new_id" := "public"."_pgroll_up_t__id"(OLD."id");
      ELSE
        OLD."_pgroll_new_id" := "public"."_pgroll_up_t__id"(OLD."id");
        NEW."_pgroll_new_id" := OLD."_pgroll_new_id";
      END IF;
      IF CAST(ROW(OLD."_pgroll_new_d") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_d") AS pg_catalog.record) THEN
        OLD."_pgroll_new_d" := "public"."_pgroll_up_t__d"(OLD."d");
      ELSE
        OLD."_pgroll_new_d" := "public"."_pgroll_up_t__d"(OLD."d");
        NEW."_pgroll_new_d" := OLD."_pgroll_new_d";
      END IF;
    END IF;
    IF NOT by_old THEN
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_id") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_id") AS pg_catalog.record) THEN
        NEW."id" := "public"."_pgroll_down_t__id"(NEW."_pgroll_new_id");
      END IF;
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_d") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_d") AS pg_catalog.record) THEN
        NEW."d" := "public"."_pgroll_down_t__d"(NEW."_pgroll_new_d");
      END IF;
    END IF;
  END IF;
  NEW."_pgroll_needs_backfill" := false;
  RETURN NEW;
END
$pgroll$;
-- whether an update of 't' matters to the other version
CREATE FUNCTION "public"."_pgroll_changed_t"(anyelement, anyelement) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $pgroll$SELECT CAST(ROW(($1)."id", ($1)."d", ($1)."_pgroll_new_id", ($1)."_pgroll_new_d") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(($2)."id", ($2)."d", ($2)."_pgroll_new_id", ($2)."_pgroll_new_d") AS pg_catalog.record)$pgroll$;
GRANT EXECUTE ON FUNCTION "public"."_pgroll_changed_t"(anyelement, anyelement) TO PUBLIC;
-- fires for rows that clients insert [SHARE ROW EXCLUSIVE on "public"."t"]
CREATE TRIGGER "~pgroll_insert" BEFORE INSERT ON "public"."t"
FOR EACH ROW WHEN (NEW."_pgroll_needs_backfill") EXECUTE FUNCTION "public"."_pgroll_trigger_t_d"();
-- fires where an update matters to the other version [SHARE ROW EXCLUSIVE on "public"."t"]
CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON "public"."t"
FOR EACH ROW WHEN ((OLD."_pgroll_needs_backfill" AND NEW."_pgroll_needs_backfill") OR (NOT OLD."_pgroll_needs_backfill" AND "public"."_pgroll_changed_t"(OLD.*, NEW.*))) EXECUTE FUNCTION "public"."_pgroll_trigger_t_d"();
-- fires for apply workers and bulk loaders too [SHARE ROW EXCLUSIVE on "public"."t"]
ALTER TABLE "public"."t" ENABLE ALWAYS TRIGGER "~pgroll_insert", ENABLE ALWAYS TRIGGER "~pgroll_update";
-- check '_pgroll_dup__pgroll_check_not_null_id' for what is written from now on [ACCESS EXCLUSIVE on "public"."t"]
ALTER TABLE "public"."t" ADD CONSTRAINT "_pgroll_dup__pgroll_check_not_null_id" CHECK ("_pgroll_new_id" IS DISTINCT FROM NULL) NOT VALID;
-- check '_pgroll_dup__pgroll_check_not_null_d' for what is written from now on [ACCESS EXCLUSIVE on "public"."t"]
ALTER TABLE "public"."t" ADD CONSTRAINT "_pgroll_dup__pgroll_check_not_null_d" CHECK ("_pgroll_new_d" IS DISTINCT FROM NULL) NOT VALID;
-- check 'later' for what is written from now on [ACCESS EXCLUSIVE on "public"."t"]
ALTER TABLE "public"."t" ADD CONSTRAINT "_pgroll_dup_later" CHECK (("_pgroll_new_d" <> ''::text)) NOT VALID;
-- check 'never' for what is written from now on [ACCESS EXCLUSIVE on "public"."t"]
ALTER TABLE "public"."t" ADD CONSTRAINT "_pgroll_dup_never" CHECK (("_pgroll_new_d" <> 'x'::text)) NOT ENFORCED;
-- in batches, a short transaction each
-- the rows of 't' that are there already
UPDATE "public"."t" SET "_pgroll_new_id" = "public"."_pgroll_up_t__id"("id"), "_pgroll_new_d" = "public"."_pgroll_up_t__d"("d"), "_pgroll_needs_backfill" = false WHERE "_pgroll_needs_backfill"; -- a range of the table at a time
-- statistics of the new columns, so that the new version's first queries are planned well [SHARE UPDATE EXCLUSIVE on "public"."t"]
ANALYZE "public"."t" ("_pgroll_new_id", "_pgroll_new_d");
-- outside of a transaction, while clients write
-- index 'expressed', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."t"]
CREATE INDEX CONCURRENTLY "_pgroll_dup_expressed" ON "public"."t" USING btree ("_pgroll_new_d", lower("_pgroll_new_d"));
-- index 't_pkey', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."t"]
CREATE UNIQUE INDEX CONCURRENTLY "_pgroll_dup_t_pkey" ON "public"."t" ("_pgroll_new_id");
-- a short transaction each
-- foreign key 'far' for what is written from now on [SHARE ROW EXCLUSIVE on "public"."t" and "other"."u"]
ALTER TABLE "public"."t" ADD CONSTRAINT "_pgroll_dup_far" FOREIGN KEY ("_pgroll_new_d") REFERENCES "other"."u" ("d") NOT VALID;
-- while clients write, a transaction each
-- proves that existing rows satisfy '_pgroll_dup__pgroll_check_not_null_id', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."t"]
ALTER TABLE "public"."t" VALIDATE CONSTRAINT "_pgroll_dup__pgroll_check_not_null_id";
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 't' as the new version sees it
CREATE VIEW "public_02_change"."t" AS SELECT "_pgroll_new_id" AS "id", "_pgroll_new_d" AS "d" FROM "public"."t";
-- the new version's default of 't.id'
ALTER VIEW "public_02_change"."t" ALTER COLUMN "id" SET DEFAULT ("public"."_pgroll_next_t___pgroll_new_id"());
-- whoever may use the table may use its view
GRANT SELECT ("d") ON "public_02_change"."t" TO "app";
-- whoever may use the table may use its view
GRANT UPDATE ("d") ON "public_02_change"."t" TO PUBLIC;

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_01"."t", "public_02_change"."t", "public"."t", "other"."u"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_01" RENAME TO "_pgroll_gone_public_01";
DROP VIEW IF EXISTS "_pgroll_gone_public_01"."t";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_insert" ON "public"."t";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_update" ON "public"."t";
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_trigger_t_d"();
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_changed_t"(anyelement, anyelement);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_t__id"(integer);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_t__d"(text);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_t__d"(citext);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_t__id"(bigint);
-- the table takes over
ALTER VIEW "public_02_change"."t" ALTER COLUMN "id" DROP DEFAULT;
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_next_t___pgroll_new_id"();
-- 'id' is proven to hold no NULL
ALTER TABLE "public"."t" ADD CONSTRAINT "_pgroll_dup_t_id_not_null" NOT NULL "_pgroll_new_id";
-- NOT NULL says the same
ALTER TABLE "public"."t" DROP CONSTRAINT "_pgroll_dup__pgroll_check_not_null_id";
-- 'd' takes no NULL from now on, as before
ALTER TABLE "public"."t" ADD CONSTRAINT "_pgroll_dup_d is needed" NOT NULL "_pgroll_new_d" NO INHERIT NOT VALID;
-- NOT NULL says the same
ALTER TABLE "public"."t" DROP CONSTRAINT "_pgroll_dup__pgroll_check_not_null_d";
-- makes room for the new half's sequence, and keeps others from drawing a number that both would give
ALTER SEQUENCE "public"."t_id_seq" RENAME TO "_pgroll_del_t_id_seq";
-- 'id' numbers its rows itself
ALTER TABLE "public"."t" ALTER COLUMN "_pgroll_new_id" ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME "public"."t_id_seq" START WITH 5);
-- goes on counting where the rollout stopped
SELECT pg_catalog.setval(CAST('"public"."t_id_seq"' AS pg_catalog.regclass), last_value, is_called) FROM "public"."_pgroll_del_t_id_seq";
-- default privileges are no reason for more rights than on the old sequence
REVOKE ALL ON SEQUENCE "public"."t_id_seq" FROM "app", PUBLIC;
-- whoever might use the old sequence may use the new one
GRANT USAGE ON SEQUENCE "public"."t_id_seq" TO "app";
-- whoever might use the old sequence may use the new one
GRANT SELECT ON SEQUENCE "public"."t_id_seq" TO "lead" WITH GRANT OPTION;
-- what the sequence is for
COMMENT ON SEQUENCE "public"."t_id_seq" IS 'counts';
-- 'far' goes, or its copy takes its place
ALTER TABLE "public"."t" DROP CONSTRAINT "far";
-- the sequence stays when the old half goes
ALTER SEQUENCE "public"."more" OWNED BY "public"."t"."_pgroll_new_d";
-- what only the old version showed
ALTER TABLE "public"."t" DROP COLUMN "id", DROP COLUMN "d", DROP COLUMN "_pgroll_needs_backfill";
-- its final name
ALTER TABLE "public"."t" RENAME COLUMN "_pgroll_new_id" TO "id";
-- its final name
ALTER TABLE "public"."t" RENAME COLUMN "_pgroll_new_d" TO "d";
-- its final name
ALTER TABLE "public"."t" RENAME CONSTRAINT "_pgroll_dup_later" TO "later";
-- its final name
ALTER TABLE "public"."t" RENAME CONSTRAINT "_pgroll_dup_never" TO "never";
-- its final name
ALTER TABLE "public"."t" RENAME CONSTRAINT "_pgroll_dup_far" TO "far";
-- its final name
ALTER TABLE "public"."t" RENAME CONSTRAINT "_pgroll_dup_t_id_not_null" TO "t_id_not_null";
-- its final name
ALTER TABLE "public"."t" RENAME CONSTRAINT "_pgroll_dup_d is needed" TO "d is needed";
-- its final name
ALTER STATISTICS "other"."_pgroll_dup_known" RENAME TO "known";
-- its final name
ALTER INDEX "public"."_pgroll_dup_expressed" RENAME TO "expressed";
-- 't_pkey' adopts its index
ALTER TABLE "public"."t" ADD CONSTRAINT "t_pkey" PRIMARY KEY USING INDEX "_pgroll_dup_t_pkey";
-- what 't_pkey' is for
COMMENT ON CONSTRAINT "t_pkey" ON "public"."t" IS 'the key';
-- what 'later' is for
COMMENT ON CONSTRAINT "later" ON "public"."t" IS 'some day';
-- what 'd is needed' is for
COMMENT ON CONSTRAINT "d is needed" ON "public"."t" IS 'always';
-- what 'expressed' is for
COMMENT ON INDEX "public"."expressed" IS 'behind it';
-- ANALYZE looks at the expression as closely as it did
ALTER INDEX "public"."expressed" ALTER COLUMN 2 SET STATISTICS 70;
-- goes where the extension goes
ALTER INDEX "public"."expressed" DEPENDS ON EXTENSION "pg_trgm";
-- CLUSTER goes by it
ALTER TABLE "public"."t" CLUSTER ON "expressed";
-- what 't_pkey' is for
COMMENT ON INDEX "public"."t_pkey" IS 'behind it';
-- goes where the extension goes
ALTER INDEX "public"."t_pkey" DEPENDS ON EXTENSION "pg_trgm";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_change"."t", "public"."t", "other"."u"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."t";
ALTER TABLE "public"."t" DROP CONSTRAINT IF EXISTS "_pgroll_dup_far";
DROP INDEX IF EXISTS "public"."_pgroll_dup_t_pkey";
DROP INDEX IF EXISTS "public"."_pgroll_dup_expressed";
ALTER TABLE "public"."t" DROP CONSTRAINT IF EXISTS "_pgroll_dup_never";
ALTER TABLE "public"."t" DROP CONSTRAINT IF EXISTS "_pgroll_dup_later";
ALTER TABLE "public"."t" DROP CONSTRAINT IF EXISTS "_pgroll_dup__pgroll_check_not_null_d";
ALTER TABLE "public"."t" DROP CONSTRAINT IF EXISTS "_pgroll_dup__pgroll_check_not_null_id";
DROP TRIGGER IF EXISTS "~pgroll_update" ON "public"."t";
DROP TRIGGER IF EXISTS "~pgroll_insert" ON "public"."t";
DROP FUNCTION IF EXISTS "public"."_pgroll_changed_t"(anyelement, anyelement);
DROP FUNCTION IF EXISTS "public"."_pgroll_trigger_t_d"();
ALTER TABLE "public"."t" DROP COLUMN IF EXISTS "_pgroll_needs_backfill";
ALTER TABLE "public"."t" DROP COLUMN IF EXISTS "_pgroll_new_d";
ALTER TABLE "public"."t" DROP COLUMN IF EXISTS "_pgroll_new_id";
DROP FUNCTION IF EXISTS "public"."_pgroll_down_t__id"(bigint);
DROP FUNCTION IF EXISTS "public"."_pgroll_down_t__d"(citext);
DROP FUNCTION IF EXISTS "public"."_pgroll_up_t__d"(text);
DROP FUNCTION IF EXISTS "public"."_pgroll_up_t__id"(integer);
DROP FUNCTION IF EXISTS "public"."_pgroll_next_t___pgroll_new_id"();
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
