-- ==== start ====
-- one short transaction
-- the new half of 'pairs.a', which the old version does not see [ACCESS EXCLUSIVE on "public"."pairs"]
ALTER TABLE "public"."pairs" ADD COLUMN "_pgroll_new_a" int;
-- the new half of 'pairs.b', which the old version does not see [ACCESS EXCLUSIVE on "public"."pairs"]
ALTER TABLE "public"."pairs" ADD COLUMN "_pgroll_new_b" int;
-- marks the rows of 'pairs' that are still to be brought to the new version [ACCESS EXCLUSIVE on "public"."pairs"]
ALTER TABLE "public"."pairs" ADD COLUMN "_pgroll_needs_backfill" boolean NOT NULL DEFAULT true;
-- keeps both versions of a row of 'pairs' in step
CREATE FUNCTION "public"."_pgroll_trigger_pairs_a"() RETURNS trigger
LANGUAGE plpgsql AS $pgroll$
DECLARE
  by_old boolean;
  by_new boolean;
BEGIN
  IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
    by_old := NEW."a" IS DISTINCT FROM NULL OR NEW."b" IS DISTINCT FROM NULL;
    by_new := NEW."_pgroll_new_a" IS DISTINCT FROM NULL OR NEW."_pgroll_new_b" IS DISTINCT FROM NULL;
  ELSE
    by_old := CAST(ROW(OLD."a", OLD."b") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."a", NEW."b") AS pg_catalog.record);
    by_new := CAST(ROW(OLD."_pgroll_new_a", OLD."_pgroll_new_b") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_a", NEW."_pgroll_new_b") AS pg_catalog.record);
  END IF;
  IF NOT by_old AND NOT by_new THEN
    by_new := COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_change' AS pg_catalog.name)) OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_pairs' AS pg_catalog.name)), 2147483647), false);
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NOT by_new AND pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_pairs' AS pg_catalog.name)) IS NULL THEN
      by_new := NEW."a" IS NOT DISTINCT FROM NULL OR NEW."b" IS NOT DISTINCT FROM NULL;
    END IF;
    by_old := NOT by_new;
  END IF;
  IF by_old AND NOT by_new THEN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."a") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."a") AS pg_catalog.record) THEN
      NEW."_pgroll_new_a" := NEW."a";
    END IF;
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."b") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."b") AS pg_catalog.record) THEN
      NEW."_pgroll_new_b" := NEW."b";
    END IF;
  ELSE
    IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND OLD."_pgroll_needs_backfill" THEN
      IF CAST(ROW(OLD."_pgroll_new_a") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_a") AS pg_catalog.record) THEN
        OLD."_pgroll_new_a" := OLD."a";
      ELSE
        OLD."_pgroll_new_a" := OLD."a";
        NEW."_pgroll_new_a" := OLD."_pgroll_new_a";
      END IF;
      IF CAST(ROW(OLD."_pgroll_new_b") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_b") AS pg_catalog.record) THEN
        OLD."_pgroll_new_b" := OLD."b";
      ELSE
        OLD."_pgroll_new_b" := OLD."b";
        NEW."_pgroll_new_b" := OLD."_pgroll_new_b";
      END IF;
    END IF;
    IF NOT by_old THEN
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_a") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_a") AS pg_catalog.record) THEN
        NEW."a" := NEW."_pgroll_new_a";
      END IF;
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_b") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_b") AS pg_catalog.record) THEN
        NEW."b" := NEW."_pgroll_new_b";
      END IF;
    END IF;
  END IF;
  NEW."_pgroll_needs_backfill" := false;
  RETURN NEW;
END
$pgroll$;
-- whether an update of 'pairs' matters to the other version
CREATE FUNCTION "public"."_pgroll_changed_pairs"(anyelement, anyelement) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $pgroll$SELECT CAST(ROW(($1)."a", ($1)."b", ($1)."_pgroll_new_a", ($1)."_pgroll_new_b") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(($2)."a", ($2)."b", ($2)."_pgroll_new_a", ($2)."_pgroll_new_b") AS pg_catalog.record)$pgroll$;
GRANT EXECUTE ON FUNCTION "public"."_pgroll_changed_pairs"(anyelement, anyelement) TO PUBLIC;
-- fires for rows that clients insert [SHARE ROW EXCLUSIVE on "public"."pairs"]
CREATE TRIGGER "~pgroll_insert" BEFORE INSERT ON "public"."pairs"
FOR EACH ROW WHEN (NEW."_pgroll_needs_backfill") EXECUTE FUNCTION "public"."_pgroll_trigger_pairs_a"();
-- fires where an update matters to the other version [SHARE ROW EXCLUSIVE on "public"."pairs"]
CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON "public"."pairs"
FOR EACH ROW WHEN ((OLD."_pgroll_needs_backfill" AND NEW."_pgroll_needs_backfill") OR (NOT OLD."_pgroll_needs_backfill" AND "public"."_pgroll_changed_pairs"(OLD.*, NEW.*))) EXECUTE FUNCTION "public"."_pgroll_trigger_pairs_a"();
-- fires for apply workers and bulk loaders too [SHARE ROW EXCLUSIVE on "public"."pairs"]
ALTER TABLE "public"."pairs" ENABLE ALWAYS TRIGGER "~pgroll_insert", ENABLE ALWAYS TRIGGER "~pgroll_update";
-- check '_pgroll_dup__pgroll_check_not_null_a' for what is written from now on [ACCESS EXCLUSIVE on "public"."pairs"]
ALTER TABLE "public"."pairs" ADD CONSTRAINT "_pgroll_dup__pgroll_check_not_null_a" CHECK ("_pgroll_new_a" IS DISTINCT FROM NULL) NOT VALID;
-- check '_pgroll_dup__pgroll_check_not_null_b' for what is written from now on [ACCESS EXCLUSIVE on "public"."pairs"]
ALTER TABLE "public"."pairs" ADD CONSTRAINT "_pgroll_dup__pgroll_check_not_null_b" CHECK ("_pgroll_new_b" IS DISTINCT FROM NULL) NOT VALID;
-- check 'high' for what is written from now on [ACCESS EXCLUSIVE on "public"."pairs"]
ALTER TABLE "public"."pairs" ADD CONSTRAINT "_pgroll_dup_low" CHECK ("_pgroll_new_a" > 0) NOT VALID;
-- check 'low' for what is written from now on [ACCESS EXCLUSIVE on "public"."pairs"]
ALTER TABLE "public"."pairs" ADD CONSTRAINT "_pgroll_dup_high" CHECK ("_pgroll_new_b" < 1000) NOT VALID;
-- in batches, a short transaction each
-- the rows of 'pairs' that are there already
UPDATE "public"."pairs" SET "_pgroll_new_a" = "a", "_pgroll_new_b" = "b", "_pgroll_needs_backfill" = false WHERE "_pgroll_needs_backfill"; -- a range of the table at a time
-- statistics of the new columns, so that the new version's first queries are planned well [SHARE UPDATE EXCLUSIVE on "public"."pairs"]
ANALYZE "public"."pairs" ("_pgroll_new_a", "_pgroll_new_b");
-- outside of a transaction, while clients write
-- index 'aside', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."pairs"]
CREATE UNIQUE INDEX CONCURRENTLY "_pgroll_dup_pairs_a_key" ON "public"."pairs" ("_pgroll_new_a");
-- index 'pairs_b_key', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."pairs"]
CREATE UNIQUE INDEX CONCURRENTLY "_pgroll_dup_pairs_b_key" ON "public"."pairs" ("_pgroll_new_b");
-- index 'pairs_a_key', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."pairs"]
CREATE UNIQUE INDEX CONCURRENTLY "_pgroll_new_pairs_a_key" ON "public"."pairs" ("_pgroll_new_a", "_pgroll_new_b");
-- while clients write, a transaction each
-- proves that existing rows satisfy '_pgroll_dup__pgroll_check_not_null_a', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."pairs"]
ALTER TABLE "public"."pairs" VALIDATE CONSTRAINT "_pgroll_dup__pgroll_check_not_null_a";
-- proves that existing rows satisfy '_pgroll_dup__pgroll_check_not_null_b', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."pairs"]
ALTER TABLE "public"."pairs" VALIDATE CONSTRAINT "_pgroll_dup__pgroll_check_not_null_b";
-- proves that existing rows satisfy 'high', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."pairs"]
ALTER TABLE "public"."pairs" VALIDATE CONSTRAINT "_pgroll_dup_low";
-- proves that existing rows satisfy 'low', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."pairs"]
ALTER TABLE "public"."pairs" VALIDATE CONSTRAINT "_pgroll_dup_high";
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'pairs' as the new version sees it
CREATE VIEW "public_02_change"."pairs" WITH (security_invoker = true) AS SELECT "id", "_pgroll_new_a" AS "a", "_pgroll_new_b" AS "b" FROM "public"."pairs";
-- 'others' as the new version sees it
CREATE VIEW "public_02_change"."others" WITH (security_invoker = true) AS SELECT "id" FROM "public"."others";

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_01_pairs"."others", "public_01_pairs"."pairs", "public"."others", "public"."pairs"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_01_pairs" RENAME TO "_pgroll_gone_public_01_pairs";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_pairs"."pairs";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_pairs"."others";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_insert" ON "public"."pairs";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_update" ON "public"."pairs";
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_trigger_pairs_a"();
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_changed_pairs"(anyelement, anyelement);
-- 'a' is proven to hold no NULL
ALTER TABLE "public"."pairs" ALTER COLUMN "_pgroll_new_a" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."pairs" DROP CONSTRAINT "_pgroll_dup__pgroll_check_not_null_a";
-- 'b' is proven to hold no NULL
ALTER TABLE "public"."pairs" ALTER COLUMN "_pgroll_new_b" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."pairs" DROP CONSTRAINT "_pgroll_dup__pgroll_check_not_null_b";
-- what only the old version showed
ALTER TABLE "public"."pairs" DROP COLUMN "a", DROP COLUMN "b", DROP COLUMN "_pgroll_needs_backfill";
-- its final name
ALTER TABLE "public"."pairs" RENAME COLUMN "_pgroll_new_a" TO "a";
-- its final name
ALTER TABLE "public"."pairs" RENAME COLUMN "_pgroll_new_b" TO "b";
-- its final name
ALTER TABLE "public"."pairs" RENAME CONSTRAINT "_pgroll_dup_low" TO "high";
-- its final name
ALTER TABLE "public"."pairs" RENAME CONSTRAINT "_pgroll_dup_high" TO "low";
-- its final name
ALTER INDEX "public"."pairs_pkey" RENAME TO "_pgroll_dup_pairs_pkey";
-- its final name
ALTER INDEX "public"."others_pkey" RENAME TO "pairs_pkey";
-- its final name
ALTER INDEX "public"."_pgroll_dup_pairs_pkey" RENAME TO "others_pkey";
-- 'aside' adopts its index
ALTER TABLE "public"."pairs" ADD CONSTRAINT "aside" UNIQUE USING INDEX "_pgroll_dup_pairs_a_key";
-- 'pairs_b_key' adopts its index
ALTER TABLE "public"."pairs" ADD CONSTRAINT "pairs_b_key" UNIQUE USING INDEX "_pgroll_dup_pairs_b_key";
-- 'pairs_a_key' adopts its index
ALTER TABLE "public"."pairs" ADD CONSTRAINT "pairs_a_key" UNIQUE USING INDEX "_pgroll_new_pairs_a_key";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_pairs", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_change"."others", "public_02_change"."pairs", "public"."others", "public"."pairs"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."pairs";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."others";
DROP INDEX IF EXISTS "public"."_pgroll_new_pairs_a_key";
DROP INDEX IF EXISTS "public"."_pgroll_dup_pairs_b_key";
DROP INDEX IF EXISTS "public"."_pgroll_dup_pairs_a_key";
ALTER TABLE "public"."pairs" DROP CONSTRAINT IF EXISTS "_pgroll_dup_high";
ALTER TABLE "public"."pairs" DROP CONSTRAINT IF EXISTS "_pgroll_dup_low";
ALTER TABLE "public"."pairs" DROP CONSTRAINT IF EXISTS "_pgroll_dup__pgroll_check_not_null_b";
ALTER TABLE "public"."pairs" DROP CONSTRAINT IF EXISTS "_pgroll_dup__pgroll_check_not_null_a";
DROP TRIGGER IF EXISTS "~pgroll_update" ON "public"."pairs";
DROP TRIGGER IF EXISTS "~pgroll_insert" ON "public"."pairs";
DROP FUNCTION IF EXISTS "public"."_pgroll_changed_pairs"(anyelement, anyelement);
DROP FUNCTION IF EXISTS "public"."_pgroll_trigger_pairs_a"();
ALTER TABLE "public"."pairs" DROP COLUMN IF EXISTS "_pgroll_needs_backfill";
ALTER TABLE "public"."pairs" DROP COLUMN IF EXISTS "_pgroll_new_b";
ALTER TABLE "public"."pairs" DROP COLUMN IF EXISTS "_pgroll_new_a";
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
