-- ==== start ====
-- one short transaction
-- draws a number for 'authors.id', for clients without a right to its sequence
CREATE FUNCTION "public"."_pgroll_next_authors___pgroll_new_id"() RETURNS bigint
LANGUAGE sql SECURITY DEFINER RETURN CAST(pg_catalog.nextval(CAST('"public"."authors_id_seq"' AS pg_catalog.regclass)) AS bigint);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_next_authors___pgroll_new_id"() TO PUBLIC;
-- up of 'authors.id'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_authors__id"("id" int) RETURNS bigint
LANGUAGE sql RETURN (id);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_authors__id"(int) TO PUBLIC;
-- down of 'authors.id'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_authors__id"("id" bigint) RETURNS int
LANGUAGE sql RETURN (id);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_authors__id"(bigint) TO PUBLIC;
-- up of 'books.author'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_books__author"("author" int) RETURNS bigint
LANGUAGE sql RETURN (author);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_books__author"(int) TO PUBLIC;
-- down of 'books.author'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_books__author"("author" bigint) RETURNS int
LANGUAGE sql RETURN (author);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_books__author"(bigint) TO PUBLIC;
-- the new half of 'authors.id', which the old version does not see [ACCESS EXCLUSIVE on "public"."authors"]
ALTER TABLE "public"."authors" ADD COLUMN "_pgroll_new_id" bigint;
-- the new half of 'books.author', which the old version does not see [ACCESS EXCLUSIVE on "public"."books"]
ALTER TABLE "public"."books" ADD COLUMN "_pgroll_new_author" bigint;
-- marks the rows of 'authors' that are still to be brought to the new version [ACCESS EXCLUSIVE on "public"."authors"]
ALTER TABLE "public"."authors" ADD COLUMN "_pgroll_needs_backfill" boolean NOT NULL DEFAULT true;
-- keeps both versions of a row of 'authors' in step
CREATE FUNCTION "public"."_pgroll_trigger_authors_id"() RETURNS trigger
LANGUAGE plpgsql AS $pgroll$
DECLARE
  by_old boolean;
  by_new boolean;
BEGIN
  IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
    by_old := false;
    by_new := NEW."_pgroll_new_id" IS DISTINCT FROM NULL;
  ELSE
    by_old := CAST(ROW(OLD."id") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."id") AS pg_catalog.record);
    by_new := CAST(ROW(OLD."_pgroll_new_id") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_id") AS pg_catalog.record);
  END IF;
  IF NOT by_old AND NOT by_new THEN
    by_new := COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_change' AS pg_catalog.name)) OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_authors' AS pg_catalog.name)), 2147483647), false);
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NOT by_new AND pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_authors' AS pg_catalog.name)) IS NULL THEN
      by_new := NEW."id" IS NOT DISTINCT FROM NULL;
    END IF;
    by_old := NOT by_new;
  END IF;
  IF by_old AND NOT by_new THEN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."id") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."id") AS pg_catalog.record) THEN
      NEW."_pgroll_new_id" := "public"."_pgroll_up_authors__id"(NEW."id");
    END IF;
  ELSE
    IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND OLD."_pgroll_needs_backfill" THEN
      IF CAST(ROW(OLD."_pgroll_new_id") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_id") AS pg_catalog.record) THEN
        OLD."_pgroll_new_id" := "public"."_pgroll_up_authors__id"(OLD."id");
      ELSE
        OLD."_pgroll_new_id" := "public"."_pgroll_up_authors__id"(OLD."id");
        NEW."_pgroll_new_id" := OLD."_pgroll_new_id";
      END IF;
    END IF;
    IF NOT by_old THEN
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_id") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_id") AS pg_catalog.record) THEN
        NEW."id" := "public"."_pgroll_down_authors__id"(NEW."_pgroll_new_id");
      END IF;
    END IF;
  END IF;
  NEW."_pgroll_needs_backfill" := false;
  RETURN NEW;
END
$pgroll$;
-- whether an update of 'authors' matters to the other version
CREATE FUNCTION "public"."_pgroll_changed_authors"(anyelement, anyelement) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $pgroll$SELECT CAST(ROW(($1)."id", ($1)."_pgroll_new_id") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(($2)."id", ($2)."_pgroll_new_id") AS pg_catalog.record)$pgroll$;
GRANT EXECUTE ON FUNCTION "public"."_pgroll_changed_authors"(anyelement, anyelement) TO PUBLIC;
-- fires for rows that clients insert [SHARE ROW EXCLUSIVE on "public"."authors"]
CREATE TRIGGER "~pgroll_insert" BEFORE INSERT ON "public"."authors"
FOR EACH ROW WHEN (NEW."_pgroll_needs_backfill") EXECUTE FUNCTION "public"."_pgroll_trigger_authors_id"();
-- fires where an update matters to the other version [SHARE ROW EXCLUSIVE on "public"."authors"]
CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON "public"."authors"
FOR EACH ROW WHEN ((OLD."_pgroll_needs_backfill" AND NEW."_pgroll_needs_backfill") OR (NOT OLD."_pgroll_needs_backfill" AND "public"."_pgroll_changed_authors"(OLD.*, NEW.*))) EXECUTE FUNCTION "public"."_pgroll_trigger_authors_id"();
-- fires for apply workers and bulk loaders too [SHARE ROW EXCLUSIVE on "public"."authors"]
ALTER TABLE "public"."authors" ENABLE ALWAYS TRIGGER "~pgroll_insert", ENABLE ALWAYS TRIGGER "~pgroll_update";
-- marks the rows of 'books' that are still to be brought to the new version [ACCESS EXCLUSIVE on "public"."books"]
ALTER TABLE "public"."books" ADD COLUMN "_pgroll_needs_backfill" boolean NOT NULL DEFAULT true;
-- keeps both versions of a row of 'books' in step
CREATE FUNCTION "public"."_pgroll_trigger_books_author"() RETURNS trigger
LANGUAGE plpgsql AS $pgroll$
DECLARE
  by_old boolean;
  by_new boolean;
BEGIN
  IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
    by_old := NEW."author" IS DISTINCT FROM NULL;
    by_new := NEW."_pgroll_new_author" IS DISTINCT FROM NULL;
  ELSE
    by_old := CAST(ROW(OLD."author") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."author") AS pg_catalog.record);
    by_new := CAST(ROW(OLD."_pgroll_new_author") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_author") AS pg_catalog.record);
  END IF;
  IF NOT by_old AND NOT by_new THEN
    by_new := COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_change' AS pg_catalog.name)) OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_authors' AS pg_catalog.name)), 2147483647), false);
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NOT by_new AND pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_authors' AS pg_catalog.name)) IS NULL THEN
      by_new := NEW."author" IS NOT DISTINCT FROM NULL;
    END IF;
    by_old := NOT by_new;
  END IF;
  IF by_old AND NOT by_new THEN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."author") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."author") AS pg_catalog.record) THEN
      NEW."_pgroll_new_author" := "public"."_pgroll_up_books__author"(NEW."author");
    END IF;
  ELSE
    IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND OLD."_pgroll_needs_backfill" THEN
      IF CAST(ROW(OLD."_pgroll_new_author") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_author") AS pg_catalog.record) THEN
        OLD."_pgroll_new_author" := "public"."_pgroll_up_books__author"(OLD."author");
      ELSE
        OLD."_pgroll_new_author" := "public"."_pgroll_up_books__author"(OLD."author");
        NEW."_pgroll_new_author" := OLD."_pgroll_new_author";
      END IF;
    END IF;
    IF NOT by_old THEN
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_author") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_author") AS pg_catalog.record) THEN
        NEW."author" := "public"."_pgroll_down_books__author"(NEW."_pgroll_new_author");
      END IF;
    END IF;
  END IF;
  NEW."_pgroll_needs_backfill" := false;
  RETURN NEW;
END
$pgroll$;
-- whether an update of 'books' matters to the other version
CREATE FUNCTION "public"."_pgroll_changed_books"(anyelement, anyelement) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $pgroll$SELECT CAST(ROW(($1)."author", ($1)."_pgroll_new_author") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(($2)."author", ($2)."_pgroll_new_author") AS pg_catalog.record)$pgroll$;
GRANT EXECUTE ON FUNCTION "public"."_pgroll_changed_books"(anyelement, anyelement) TO PUBLIC;
-- fires for rows that clients insert [SHARE ROW EXCLUSIVE on "public"."books"]
CREATE TRIGGER "~pgroll_insert" BEFORE INSERT ON "public"."books"
FOR EACH ROW WHEN (NEW."_pgroll_needs_backfill") EXECUTE FUNCTION "public"."_pgroll_trigger_books_author"();
-- fires where an update matters to the other version [SHARE ROW EXCLUSIVE on "public"."books"]
CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON "public"."books"
FOR EACH ROW WHEN ((OLD."_pgroll_needs_backfill" AND NEW."_pgroll_needs_backfill") OR (NOT OLD."_pgroll_needs_backfill" AND "public"."_pgroll_changed_books"(OLD.*, NEW.*))) EXECUTE FUNCTION "public"."_pgroll_trigger_books_author"();
-- fires for apply workers and bulk loaders too [SHARE ROW EXCLUSIVE on "public"."books"]
ALTER TABLE "public"."books" ENABLE ALWAYS TRIGGER "~pgroll_insert", ENABLE ALWAYS TRIGGER "~pgroll_update";
-- check '_pgroll_dup__pgroll_check_not_null_id' for what is written from now on [ACCESS EXCLUSIVE on "public"."authors"]
ALTER TABLE "public"."authors" ADD CONSTRAINT "_pgroll_dup__pgroll_check_not_null_id" CHECK ("_pgroll_new_id" IS DISTINCT FROM NULL) NOT VALID;
-- check '_pgroll_dup__pgroll_check_not_null_author' for what is written from now on [ACCESS EXCLUSIVE on "public"."books"]
ALTER TABLE "public"."books" ADD CONSTRAINT "_pgroll_dup__pgroll_check_not_null_author" CHECK ("_pgroll_new_author" IS DISTINCT FROM NULL) NOT VALID;
-- in batches, a short transaction each
-- the rows of 'authors' that are there already
UPDATE "public"."authors" SET "_pgroll_new_id" = "public"."_pgroll_up_authors__id"("id"), "_pgroll_needs_backfill" = false WHERE "_pgroll_needs_backfill"; -- a range of the table at a time
-- statistics of the new columns, so that the new version's first queries are planned well [SHARE UPDATE EXCLUSIVE on "public"."authors"]
ANALYZE "public"."authors" ("_pgroll_new_id");
-- the rows of 'books' that are there already
UPDATE "public"."books" SET "_pgroll_new_author" = "public"."_pgroll_up_books__author"("author"), "_pgroll_needs_backfill" = false WHERE "_pgroll_needs_backfill"; -- a range of the table at a time
-- statistics of the new columns, so that the new version's first queries are planned well [SHARE UPDATE EXCLUSIVE on "public"."books"]
ANALYZE "public"."books" ("_pgroll_new_author");
-- outside of a transaction, while clients write
-- index 'authors_pkey', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."authors"]
CREATE UNIQUE INDEX CONCURRENTLY "_pgroll_dup_authors_pkey" ON "public"."authors" ("_pgroll_new_id");
-- a short transaction each
-- foreign key 'books_author_fk' for what is written from now on [SHARE ROW EXCLUSIVE on "public"."books" and "public"."authors"]
ALTER TABLE "public"."books" ADD CONSTRAINT "_pgroll_dup_books_author_fk" FOREIGN KEY ("_pgroll_new_author") REFERENCES "public"."authors" ("_pgroll_new_id") NOT VALID;
-- while clients write, a transaction each
-- proves that existing rows satisfy '_pgroll_dup__pgroll_check_not_null_id', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."authors"]
ALTER TABLE "public"."authors" VALIDATE CONSTRAINT "_pgroll_dup__pgroll_check_not_null_id";
-- proves that existing rows satisfy '_pgroll_dup__pgroll_check_not_null_author', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."books"]
ALTER TABLE "public"."books" VALIDATE CONSTRAINT "_pgroll_dup__pgroll_check_not_null_author";
-- proves that existing rows satisfy 'books_author_fk', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."books"]
ALTER TABLE "public"."books" VALIDATE CONSTRAINT "_pgroll_dup_books_author_fk";
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'authors' as the new version sees it
CREATE VIEW "public_02_change"."authors" WITH (security_invoker = true) AS SELECT "_pgroll_new_id" AS "id", "name" FROM "public"."authors";
-- the new version's default of 'authors.id'
ALTER VIEW "public_02_change"."authors" ALTER COLUMN "id" SET DEFAULT ("public"."_pgroll_next_authors___pgroll_new_id"());
-- 'books' as the new version sees it
CREATE VIEW "public_02_change"."books" WITH (security_invoker = true) AS SELECT "id", "_pgroll_new_author" AS "author" FROM "public"."books";

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_01_authors"."authors", "public_01_authors"."books", "public_02_change"."authors", "public"."authors", "public"."books"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_01_authors" RENAME TO "_pgroll_gone_public_01_authors";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_authors"."authors";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_authors"."books";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_insert" ON "public"."authors";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_update" ON "public"."authors";
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_trigger_authors_id"();
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_changed_authors"(anyelement, anyelement);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_authors__id"(int);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_authors__id"(bigint);
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_insert" ON "public"."books";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_update" ON "public"."books";
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_trigger_books_author"();
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_changed_books"(anyelement, anyelement);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_books__author"(int);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_books__author"(bigint);
-- the table takes over
ALTER VIEW "public_02_change"."authors" ALTER COLUMN "id" DROP DEFAULT;
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_next_authors___pgroll_new_id"();
-- 'id' is proven to hold no NULL
ALTER TABLE "public"."authors" ALTER COLUMN "_pgroll_new_id" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."authors" DROP CONSTRAINT "_pgroll_dup__pgroll_check_not_null_id";
-- 'author' is proven to hold no NULL
ALTER TABLE "public"."books" ALTER COLUMN "_pgroll_new_author" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."books" DROP CONSTRAINT "_pgroll_dup__pgroll_check_not_null_author";
-- makes room for the new half's sequence, and keeps others from drawing a number that both would give
ALTER SEQUENCE "public"."authors_id_seq" RENAME TO "_pgroll_del_authors_id_seq";
-- 'id' numbers its rows itself
ALTER TABLE "public"."authors" ALTER COLUMN "_pgroll_new_id" ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME "public"."authors_id_seq");
-- goes on counting where the rollout stopped
SELECT pg_catalog.setval(CAST('"public"."authors_id_seq"' AS pg_catalog.regclass), last_value, is_called) FROM "public"."_pgroll_del_authors_id_seq";
-- 'books_author_fk' goes, or its copy takes its place
ALTER TABLE "public"."books" DROP CONSTRAINT "books_author_fk";
-- what only the old version showed
ALTER TABLE "public"."authors" DROP COLUMN "id", DROP COLUMN "_pgroll_needs_backfill";
-- what only the old version showed
ALTER TABLE "public"."books" DROP COLUMN "author", DROP COLUMN "_pgroll_needs_backfill";
-- its final name
ALTER TABLE "public"."authors" RENAME COLUMN "_pgroll_new_id" TO "id";
-- its final name
ALTER TABLE "public"."books" RENAME COLUMN "_pgroll_new_author" TO "author";
-- its final name
ALTER TABLE "public"."books" RENAME CONSTRAINT "_pgroll_dup_books_author_fk" TO "books_author_fk";
-- 'authors_pkey' adopts its index
ALTER TABLE "public"."authors" ADD CONSTRAINT "authors_pkey" PRIMARY KEY USING INDEX "_pgroll_dup_authors_pkey";
-- what replicas are told of an old row
ALTER TABLE "public"."authors" REPLICA IDENTITY USING INDEX "authors_pkey";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_authors", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_change"."authors", "public_02_change"."books", "public"."authors", "public"."books"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."authors";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."books";
ALTER TABLE "public"."books" DROP CONSTRAINT IF EXISTS "_pgroll_dup_books_author_fk";
DROP INDEX IF EXISTS "public"."_pgroll_dup_authors_pkey";
ALTER TABLE "public"."books" DROP CONSTRAINT IF EXISTS "_pgroll_dup__pgroll_check_not_null_author";
ALTER TABLE "public"."authors" DROP CONSTRAINT IF EXISTS "_pgroll_dup__pgroll_check_not_null_id";
DROP TRIGGER IF EXISTS "~pgroll_update" ON "public"."books";
DROP TRIGGER IF EXISTS "~pgroll_insert" ON "public"."books";
DROP FUNCTION IF EXISTS "public"."_pgroll_changed_books"(anyelement, anyelement);
DROP FUNCTION IF EXISTS "public"."_pgroll_trigger_books_author"();
ALTER TABLE "public"."books" DROP COLUMN IF EXISTS "_pgroll_needs_backfill";
DROP TRIGGER IF EXISTS "~pgroll_update" ON "public"."authors";
DROP TRIGGER IF EXISTS "~pgroll_insert" ON "public"."authors";
DROP FUNCTION IF EXISTS "public"."_pgroll_changed_authors"(anyelement, anyelement);
DROP FUNCTION IF EXISTS "public"."_pgroll_trigger_authors_id"();
ALTER TABLE "public"."authors" DROP COLUMN IF EXISTS "_pgroll_needs_backfill";
ALTER TABLE "public"."books" DROP COLUMN IF EXISTS "_pgroll_new_author";
ALTER TABLE "public"."authors" DROP COLUMN IF EXISTS "_pgroll_new_id";
DROP FUNCTION IF EXISTS "public"."_pgroll_down_books__author"(bigint);
DROP FUNCTION IF EXISTS "public"."_pgroll_up_books__author"(int);
DROP FUNCTION IF EXISTS "public"."_pgroll_down_authors__id"(bigint);
DROP FUNCTION IF EXISTS "public"."_pgroll_up_authors__id"(int);
DROP FUNCTION IF EXISTS "public"."_pgroll_next_authors___pgroll_new_id"();
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
