-- ==== start ====
-- one short transaction
-- up of 'customers.name'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_customers__name"("name" text) RETURNS text
LANGUAGE sql RETURN (coalesce(name, 'none'));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_customers__name"(text) TO PUBLIC;
-- up of 'customers.email'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_customers__email"("email" text) RETURNS varchar(50)
LANGUAGE sql RETURN (email);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_customers__email"(text) TO PUBLIC;
-- up of 'customers.place'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_customers__place"("place" int) RETURNS bigint
LANGUAGE sql RETURN (place);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_customers__place"(int) TO PUBLIC;
-- up of 'customers.id'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_customers__id"("id" int) RETURNS bigint
LANGUAGE sql RETURN (id);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_customers__id"(int) TO PUBLIC;
-- down of 'customers.id'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_customers__id"("id" bigint) RETURNS int
LANGUAGE sql RETURN (id);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_customers__id"(bigint) TO PUBLIC;
-- down of 'customers.place'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_customers__place"("place" bigint) RETURNS int
LANGUAGE sql RETURN (place);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_customers__place"(bigint) TO PUBLIC;
-- down of 'customers.email'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_customers__email"("email" varchar(50)) RETURNS text
LANGUAGE sql RETURN (email);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_customers__email"(varchar(50)) TO PUBLIC;
-- the new half of 'customers.id', which the old version does not see [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD COLUMN "_pgroll_new_id" bigint;
-- the new half of 'customers.name', which the old version does not see [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD COLUMN "_pgroll_new_name" text;
-- the new half of 'customers.email', which the old version does not see [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD COLUMN "_pgroll_new_email" varchar(50);
-- the new half of 'customers.town', which the old version does not see [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD COLUMN "_pgroll_new_place" bigint;
-- marks the rows of 'customers' that are still to be brought to the new version [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD COLUMN "_pgroll_needs_backfill" boolean NOT NULL DEFAULT true;
-- keeps both versions of a row of 'customers' in step
CREATE FUNCTION "public"."_pgroll_trigger_customers_id"() RETURNS trigger
LANGUAGE plpgsql AS $pgroll$
DECLARE
  by_old boolean;
  by_new boolean;
BEGIN
  IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
    by_old := NEW."id" IS DISTINCT FROM NULL OR NEW."name" IS DISTINCT FROM NULL OR NEW."email" IS DISTINCT FROM NULL OR NEW."town" IS DISTINCT FROM NULL;
    by_new := NEW."_pgroll_new_id" IS DISTINCT FROM NULL OR NEW."_pgroll_new_name" IS DISTINCT FROM NULL OR NEW."_pgroll_new_email" IS DISTINCT FROM NULL OR NEW."_pgroll_new_place" IS DISTINCT FROM NULL;
  ELSE
    by_old := CAST(ROW(OLD."id", OLD."name", OLD."email", OLD."town") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."id", NEW."name", NEW."email", NEW."town") AS pg_catalog.record);
    by_new := CAST(ROW(OLD."_pgroll_new_id", OLD."_pgroll_new_name", OLD."_pgroll_new_email", OLD."_pgroll_new_place") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_id", NEW."_pgroll_new_name", NEW."_pgroll_new_email", NEW."_pgroll_new_place") AS pg_catalog.record);
  END IF;
  IF NOT by_old AND NOT by_new THEN
    by_new := COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_change' AS pg_catalog.name)) OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_customers' AS pg_catalog.name)), 2147483647), false);
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NOT by_new AND pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_customers' AS pg_catalog.name)) IS NULL THEN
      by_new := NEW."id" IS NOT DISTINCT FROM NULL OR NEW."email" IS NOT DISTINCT FROM NULL;
    END IF;
    by_old := NOT by_new;
  END IF;
  IF by_old AND NOT by_new THEN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."id") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."id") AS pg_catalog.record) THEN
      NEW."_pgroll_new_id" := "public"."_pgroll_up_customers__id"(NEW."id");
    END IF;
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."name") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."name") AS pg_catalog.record) THEN
      NEW."_pgroll_new_name" := "public"."_pgroll_up_customers__name"(NEW."name");
    END IF;
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."email") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."email") AS pg_catalog.record) THEN
      NEW."_pgroll_new_email" := "public"."_pgroll_up_customers__email"(NEW."email");
    END IF;
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."town") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."town") AS pg_catalog.record) THEN
      NEW."_pgroll_new_place" := "public"."_pgroll_up_customers__place"(NEW."town");
    END IF;
  ELSE
    IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND OLD."_pgroll_needs_backfill" THEN
      IF CAST(ROW(OLD."_pgroll_new_id") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_id") AS pg_catalog.record) THEN
        OLD."_pgroll_new_id" := "public"."_pgroll_up_customers__id"(OLD."id");
      ELSE
        OLD."_pgroll_new_id" := "public"."_pgroll_up_customers__id"(OLD."id");
        NEW."_pgroll_new_id" := OLD."_pgroll_new_id";
      END IF;
      IF CAST(ROW(OLD."_pgroll_new_name") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_name") AS pg_catalog.record) THEN
        OLD."_pgroll_new_name" := "public"."_pgroll_up_customers__name"(OLD."name");
      ELSE
        OLD."_pgroll_new_name" := "public"."_pgroll_up_customers__name"(OLD."name");
        NEW."_pgroll_new_name" := OLD."_pgroll_new_name";
      END IF;
      IF CAST(ROW(OLD."_pgroll_new_email") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_email") AS pg_catalog.record) THEN
        OLD."_pgroll_new_email" := "public"."_pgroll_up_customers__email"(OLD."email");
      ELSE
        OLD."_pgroll_new_email" := "public"."_pgroll_up_customers__email"(OLD."email");
        NEW."_pgroll_new_email" := OLD."_pgroll_new_email";
      END IF;
      IF CAST(ROW(OLD."_pgroll_new_place") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_place") AS pg_catalog.record) THEN
        OLD."_pgroll_new_place" := "public"."_pgroll_up_customers__place"(OLD."town");
      ELSE
        OLD."_pgroll_new_place" := "public"."_pgroll_up_customers__place"(OLD."town");
        NEW."_pgroll_new_place" := OLD."_pgroll_new_place";
      END IF;
    END IF;
    IF NOT by_old THEN
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_id") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_id") AS pg_catalog.record) THEN
        NEW."id" := "public"."_pgroll_down_customers__id"(NEW."_pgroll_new_id");
      END IF;
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_name") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_name") AS pg_catalog.record) THEN
        NEW."name" := NEW."_pgroll_new_name";
      END IF;
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_email") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_email") AS pg_catalog.record) THEN
        NEW."email" := "public"."_pgroll_down_customers__email"(NEW."_pgroll_new_email");
      END IF;
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_place") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_place") AS pg_catalog.record) THEN
        NEW."town" := "public"."_pgroll_down_customers__place"(NEW."_pgroll_new_place");
      END IF;
    END IF;
  END IF;
  NEW."_pgroll_needs_backfill" := false;
  RETURN NEW;
END
$pgroll$;
-- whether an update of 'customers' matters to the other version
CREATE FUNCTION "public"."_pgroll_changed_customers"(anyelement, anyelement) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $pgroll$SELECT CAST(ROW(($1)."id", ($1)."name", ($1)."email", ($1)."town", ($1)."_pgroll_new_id", ($1)."_pgroll_new_name", ($1)."_pgroll_new_email", ($1)."_pgroll_new_place") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(($2)."id", ($2)."name", ($2)."email", ($2)."town", ($2)."_pgroll_new_id", ($2)."_pgroll_new_name", ($2)."_pgroll_new_email", ($2)."_pgroll_new_place") AS pg_catalog.record)$pgroll$;
GRANT EXECUTE ON FUNCTION "public"."_pgroll_changed_customers"(anyelement, anyelement) TO PUBLIC;
-- fires for rows that clients insert [SHARE ROW EXCLUSIVE on "public"."customers"]
CREATE TRIGGER "~pgroll_insert" BEFORE INSERT ON "public"."customers"
FOR EACH ROW WHEN (NEW."_pgroll_needs_backfill") EXECUTE FUNCTION "public"."_pgroll_trigger_customers_id"();
-- fires where an update matters to the other version [SHARE ROW EXCLUSIVE on "public"."customers"]
CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON "public"."customers"
FOR EACH ROW WHEN ((OLD."_pgroll_needs_backfill" AND NEW."_pgroll_needs_backfill") OR (NOT OLD."_pgroll_needs_backfill" AND "public"."_pgroll_changed_customers"(OLD.*, NEW.*))) EXECUTE FUNCTION "public"."_pgroll_trigger_customers_id"();
-- fires for apply workers and bulk loaders too [SHARE ROW EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ENABLE ALWAYS TRIGGER "~pgroll_insert", ENABLE ALWAYS TRIGGER "~pgroll_update";
-- check '_pgroll_dup__pgroll_check_not_null_id' for what is written from now on [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD CONSTRAINT "_pgroll_dup__pgroll_check_not_null_id" CHECK ("_pgroll_new_id" IS DISTINCT FROM NULL) NOT VALID;
-- check '_pgroll_check_not_null_name' for what is written from now on [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD CONSTRAINT "_pgroll_check_not_null_name" CHECK ("_pgroll_new_name" IS DISTINCT FROM NULL) NOT VALID;
-- check '_pgroll_dup__pgroll_check_not_null_email' for what is written from now on [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD CONSTRAINT "_pgroll_dup__pgroll_check_not_null_email" CHECK ("_pgroll_new_email" IS DISTINCT FROM NULL) NOT VALID;
-- check 'name_is_long' for what is written from now on [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD CONSTRAINT "_pgroll_dup_customers_name_check" CHECK (length("_pgroll_new_name") > 1) NOT VALID;
-- in batches, a short transaction each
-- the rows of 'customers' that are there already
UPDATE "public"."customers" SET "_pgroll_new_id" = "public"."_pgroll_up_customers__id"("id"), "_pgroll_new_name" = "public"."_pgroll_up_customers__name"("name"), "_pgroll_new_email" = "public"."_pgroll_up_customers__email"("email"), "_pgroll_new_place" = "public"."_pgroll_up_customers__place"("town"), "_pgroll_needs_backfill" = false WHERE "_pgroll_needs_backfill"; -- a range of the table at a time
-- statistics of the new columns, so that the new version's first queries are planned well [SHARE UPDATE EXCLUSIVE on "public"."customers"]
ANALYZE "public"."customers" ("_pgroll_new_id", "_pgroll_new_name", "_pgroll_new_email", "_pgroll_new_place");
-- outside of a transaction, while clients write
-- index 'customers_email_idx', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."customers"]
CREATE INDEX CONCURRENTLY "_pgroll_dup_customers_email_idx" ON "public"."customers" USING btree ("_pgroll_new_email", "_pgroll_new_place");
-- index 'email_is_unique', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."customers"]
CREATE UNIQUE INDEX CONCURRENTLY "_pgroll_dup_customers_email_key" ON "public"."customers" ("_pgroll_new_email");
-- index 'customers_pkey', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."customers"]
CREATE UNIQUE INDEX CONCURRENTLY "_pgroll_dup_customers_pk" ON "public"."customers" ("_pgroll_new_id");
-- a short transaction each
-- foreign key 'place_exists' for what is written from now on [SHARE ROW EXCLUSIVE on "public"."customers" and "public"."towns"]
ALTER TABLE "public"."customers" ADD CONSTRAINT "_pgroll_dup_customers_town_fk" FOREIGN KEY ("_pgroll_new_place") REFERENCES "public"."towns" ("id") NOT VALID;
-- while clients write, a transaction each
-- proves that existing rows satisfy '_pgroll_dup__pgroll_check_not_null_id', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" VALIDATE CONSTRAINT "_pgroll_dup__pgroll_check_not_null_id";
-- proves that existing rows satisfy '_pgroll_check_not_null_name', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" VALIDATE CONSTRAINT "_pgroll_check_not_null_name";
-- proves that existing rows satisfy '_pgroll_dup__pgroll_check_not_null_email', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" VALIDATE CONSTRAINT "_pgroll_dup__pgroll_check_not_null_email";
-- proves that existing rows satisfy 'name_is_long', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" VALIDATE CONSTRAINT "_pgroll_dup_customers_name_check";
-- proves that existing rows satisfy 'place_exists', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" VALIDATE CONSTRAINT "_pgroll_dup_customers_town_fk";
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'towns' as the new version sees it
CREATE VIEW "public_02_change"."towns" WITH (security_invoker = true) AS SELECT "id" FROM "public"."towns";
-- 'customers' as the new version sees it
CREATE VIEW "public_02_change"."customers" WITH (security_invoker = true) AS SELECT "_pgroll_new_id" AS "id", "_pgroll_new_name" AS "name", "_pgroll_new_email" AS "email", "_pgroll_new_place" AS "place" FROM "public"."customers";

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_01_customers"."customers", "public"."customers", "public"."towns"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_01_customers" RENAME TO "_pgroll_gone_public_01_customers";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_customers"."customers";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_insert" ON "public"."customers";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_update" ON "public"."customers";
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_trigger_customers_id"();
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_changed_customers"(anyelement, anyelement);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_customers__name"(text);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_customers__email"(text);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_customers__place"(int);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_customers__id"(int);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_customers__id"(bigint);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_customers__place"(bigint);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_customers__email"(varchar(50));
-- 'id' is proven to hold no NULL
ALTER TABLE "public"."customers" ALTER COLUMN "_pgroll_new_id" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."customers" DROP CONSTRAINT "_pgroll_dup__pgroll_check_not_null_id";
-- 'name' is proven to hold no NULL
ALTER TABLE "public"."customers" ALTER COLUMN "_pgroll_new_name" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."customers" DROP CONSTRAINT "_pgroll_check_not_null_name";
-- 'email' is proven to hold no NULL
ALTER TABLE "public"."customers" ALTER COLUMN "_pgroll_new_email" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."customers" DROP CONSTRAINT "_pgroll_dup__pgroll_check_not_null_email";
-- 'customers_town_fk' goes, or its copy takes its place
ALTER TABLE "public"."customers" DROP CONSTRAINT "customers_town_fk";
-- what only the old version showed
ALTER TABLE "public"."customers" DROP COLUMN "id", DROP COLUMN "name", DROP COLUMN "email", DROP COLUMN "town", DROP COLUMN "_pgroll_needs_backfill";
-- its final name
ALTER TABLE "public"."customers" RENAME COLUMN "_pgroll_new_id" TO "id";
-- its final name
ALTER TABLE "public"."customers" RENAME COLUMN "_pgroll_new_name" TO "name";
-- its final name
ALTER TABLE "public"."customers" RENAME COLUMN "_pgroll_new_email" TO "email";
-- its final name
ALTER TABLE "public"."customers" RENAME COLUMN "_pgroll_new_place" TO "place";
-- its final name
ALTER TABLE "public"."customers" RENAME CONSTRAINT "_pgroll_dup_customers_name_check" TO "name_is_long";
-- its final name
ALTER TABLE "public"."customers" RENAME CONSTRAINT "_pgroll_dup_customers_town_fk" TO "place_exists";
-- its final name
ALTER INDEX "public"."_pgroll_dup_customers_email_idx" RENAME TO "customers_email_idx";
-- 'email_is_unique' adopts its index
ALTER TABLE "public"."customers" ADD CONSTRAINT "email_is_unique" UNIQUE USING INDEX "_pgroll_dup_customers_email_key";
-- 'customers_pkey' adopts its index
ALTER TABLE "public"."customers" ADD CONSTRAINT "customers_pkey" PRIMARY KEY USING INDEX "_pgroll_dup_customers_pk";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_customers", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_change"."customers", "public"."customers", "public"."towns"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."customers";
ALTER TABLE "public"."customers" DROP CONSTRAINT IF EXISTS "_pgroll_dup_customers_town_fk";
DROP INDEX IF EXISTS "public"."_pgroll_dup_customers_pk";
DROP INDEX IF EXISTS "public"."_pgroll_dup_customers_email_key";
DROP INDEX IF EXISTS "public"."_pgroll_dup_customers_email_idx";
ALTER TABLE "public"."customers" DROP CONSTRAINT IF EXISTS "_pgroll_dup_customers_name_check";
ALTER TABLE "public"."customers" DROP CONSTRAINT IF EXISTS "_pgroll_dup__pgroll_check_not_null_email";
ALTER TABLE "public"."customers" DROP CONSTRAINT IF EXISTS "_pgroll_check_not_null_name";
ALTER TABLE "public"."customers" DROP CONSTRAINT IF EXISTS "_pgroll_dup__pgroll_check_not_null_id";
DROP TRIGGER IF EXISTS "~pgroll_update" ON "public"."customers";
DROP TRIGGER IF EXISTS "~pgroll_insert" ON "public"."customers";
DROP FUNCTION IF EXISTS "public"."_pgroll_changed_customers"(anyelement, anyelement);
DROP FUNCTION IF EXISTS "public"."_pgroll_trigger_customers_id"();
ALTER TABLE "public"."customers" DROP COLUMN IF EXISTS "_pgroll_needs_backfill";
ALTER TABLE "public"."customers" DROP COLUMN IF EXISTS "_pgroll_new_place";
ALTER TABLE "public"."customers" DROP COLUMN IF EXISTS "_pgroll_new_email";
ALTER TABLE "public"."customers" DROP COLUMN IF EXISTS "_pgroll_new_name";
ALTER TABLE "public"."customers" DROP COLUMN IF EXISTS "_pgroll_new_id";
DROP FUNCTION IF EXISTS "public"."_pgroll_down_customers__email"(varchar(50));
DROP FUNCTION IF EXISTS "public"."_pgroll_down_customers__place"(bigint);
DROP FUNCTION IF EXISTS "public"."_pgroll_down_customers__id"(bigint);
DROP FUNCTION IF EXISTS "public"."_pgroll_up_customers__id"(int);
DROP FUNCTION IF EXISTS "public"."_pgroll_up_customers__place"(int);
DROP FUNCTION IF EXISTS "public"."_pgroll_up_customers__email"(text);
DROP FUNCTION IF EXISTS "public"."_pgroll_up_customers__name"(text);
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
