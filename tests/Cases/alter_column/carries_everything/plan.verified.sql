-- ==== start ====
-- one short transaction
-- up of 'customers.email'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_customers__email"("email" varchar(100)) RETURNS text
LANGUAGE sql RETURN (lower(email));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_customers__email"(varchar(100)) TO PUBLIC;
-- down of 'customers.email'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_customers__email"("email" text) RETURNS varchar(100)
LANGUAGE sql RETURN (email);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_customers__email"(text) TO PUBLIC;
-- default of 'customers.email'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_default_customers__email"() RETURNS varchar(100)
LANGUAGE sql RETURN (CAST(('none@example.com') AS varchar(100)));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_default_customers__email"() TO PUBLIC;
-- the new half of 'customers.email', which the old version does not see [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD COLUMN "_pgroll_new_email" text;
-- what the column is for
COMMENT ON COLUMN "public"."customers"."_pgroll_new_email" IS 'it''s checked';
-- proof that the default of 'customers.email' fits its type; if the server refuses it, give another as `default`
ALTER TABLE "public"."customers" ALTER COLUMN "_pgroll_new_email" SET DEFAULT ('none@example.com');
ALTER TABLE "public"."customers" ALTER COLUMN "_pgroll_new_email" DROP DEFAULT;
-- marks the rows of 'customers' that are still to be brought to the new version [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD COLUMN "_pgroll_needs_backfill" boolean NOT NULL DEFAULT true;
-- keeps both versions of a row of 'customers' in step
CREATE FUNCTION "public"."_pgroll_trigger_customers_email"() RETURNS trigger
LANGUAGE plpgsql AS $pgroll$
DECLARE
  by_old boolean;
  by_new boolean;
BEGIN
  IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
    by_old := CAST(ROW(NEW."email") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW("public"."_pgroll_default_customers__email"()) AS pg_catalog.record);
    by_new := NEW."_pgroll_new_email" IS DISTINCT FROM NULL;
  ELSE
    by_old := CAST(ROW(OLD."email") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."email") AS pg_catalog.record);
    by_new := CAST(ROW(OLD."_pgroll_new_email") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_email") AS pg_catalog.record);
  END IF;
  IF NOT by_old AND NOT by_new THEN
    by_new := COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_03_change' AS pg_catalog.name)) OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_more' AS pg_catalog.name)), 2147483647), false);
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NOT by_new AND pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_more' AS pg_catalog.name)) IS NULL THEN
      by_new := NEW."email" IS NOT DISTINCT FROM NULL;
    END IF;
    by_old := NOT by_new;
  END IF;
  IF by_old AND NOT by_new THEN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."email") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."email") AS pg_catalog.record) THEN
      NEW."_pgroll_new_email" := "public"."_pgroll_up_customers__email"(NEW."email");
    END IF;
  ELSE
    IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND OLD."_pgroll_needs_backfill" THEN
      IF CAST(ROW(OLD."_pgroll_new_email") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_email") AS pg_catalog.record) THEN
        OLD."_pgroll_new_email" := "public"."_pgroll_up_customers__email"(OLD."email");
      ELSE
        OLD."_pgroll_new_email" := "public"."_pgroll_up_customers__email"(OLD."email");
        NEW."_pgroll_new_email" := OLD."_pgroll_new_email";
      END IF;
    END IF;
    IF NOT by_old THEN
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_email") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_email") AS pg_catalog.record) THEN
        NEW."email" := "public"."_pgroll_down_customers__email"(NEW."_pgroll_new_email");
      END IF;
    END IF;
  END IF;
  NEW."_pgroll_needs_backfill" := false;
  RETURN NEW;
END
$pgroll$;
-- whether an update of 'customers' matters to the other version
CREATE FUNCTION "public"."_pgroll_changed_customers"(anyelement, anyelement) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $pgroll$SELECT CAST(ROW(($1)."email", ($1)."_pgroll_new_email") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(($2)."email", ($2)."_pgroll_new_email") AS pg_catalog.record)$pgroll$;
GRANT EXECUTE ON FUNCTION "public"."_pgroll_changed_customers"(anyelement, anyelement) TO PUBLIC;
-- fires for rows that clients insert [SHARE ROW EXCLUSIVE on "public"."customers"]
CREATE TRIGGER "~pgroll_insert" BEFORE INSERT ON "public"."customers"
FOR EACH ROW WHEN (NEW."_pgroll_needs_backfill") EXECUTE FUNCTION "public"."_pgroll_trigger_customers_email"();
-- fires where an update matters to the other version [SHARE ROW EXCLUSIVE on "public"."customers"]
CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON "public"."customers"
FOR EACH ROW WHEN ((OLD."_pgroll_needs_backfill" AND NEW."_pgroll_needs_backfill") OR (NOT OLD."_pgroll_needs_backfill" AND "public"."_pgroll_changed_customers"(OLD.*, NEW.*))) EXECUTE FUNCTION "public"."_pgroll_trigger_customers_email"();
-- fires for apply workers and bulk loaders too [SHARE ROW EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ENABLE ALWAYS TRIGGER "~pgroll_insert", ENABLE ALWAYS TRIGGER "~pgroll_update";
-- check '_pgroll_dup__pgroll_check_not_null_email' for what is written from now on [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD CONSTRAINT "_pgroll_dup__pgroll_check_not_null_email" CHECK ("_pgroll_new_email" IS DISTINCT FROM NULL) NOT VALID;
-- check 'customers_email_long' for what is written from now on [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD CONSTRAINT "_pgroll_dup_customers_email_long" CHECK (length("_pgroll_new_email") > 3 AND "credit" >= 0) NO INHERIT NOT VALID;
-- check 'backup_differs' for what is written from now on [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD CONSTRAINT "_pgroll_dup_backup_differs" CHECK ("backup" <> "_pgroll_new_email") NOT VALID;
-- in batches, a short transaction each
-- the rows of 'customers' that are there already
UPDATE "public"."customers" SET "_pgroll_new_email" = "public"."_pgroll_up_customers__email"("email"), "_pgroll_needs_backfill" = false WHERE "_pgroll_needs_backfill"; -- a range of the table at a time
-- statistics of the new columns, so that the new version's first queries are planned well [SHARE UPDATE EXCLUSIVE on "public"."customers"]
ANALYZE "public"."customers" ("_pgroll_new_email");
-- outside of a transaction, while clients write
-- index 'customers_email_idx', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."customers"]
CREATE INDEX CONCURRENTLY "_pgroll_dup_customers_email_idx" ON "public"."customers" USING btree ("_pgroll_new_email" varchar_pattern_ops DESC, "credit") WITH (fillfactor = 80) WHERE ("_pgroll_new_email" <> '');
-- index 'customers_email_key', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."customers"]
CREATE UNIQUE INDEX CONCURRENTLY "_pgroll_dup_customers_email_key" ON "public"."customers" ("_pgroll_new_email");
-- index 'customers_email_credit', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."customers"]
CREATE UNIQUE INDEX CONCURRENTLY "_pgroll_dup_customers_email_credit" ON "public"."customers" ("credit", "_pgroll_new_email") INCLUDE ("id") WITH (fillfactor = 70);
-- a short transaction each
-- foreign key 'letters_recipient' for what is written from now on [SHARE ROW EXCLUSIVE on "public"."letters" and "public"."customers"]
ALTER TABLE "public"."letters" ADD CONSTRAINT "_pgroll_dup_letters_recipient" FOREIGN KEY ("recipient", "credit") REFERENCES "public"."customers" ("_pgroll_new_email", "credit") ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED NOT VALID;
-- while clients write, a transaction each
-- proves that existing rows satisfy '_pgroll_dup__pgroll_check_not_null_email', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" VALIDATE CONSTRAINT "_pgroll_dup__pgroll_check_not_null_email";
-- proves that existing rows satisfy 'customers_email_long', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" VALIDATE CONSTRAINT "_pgroll_dup_customers_email_long";
-- proves that existing rows satisfy 'backup_differs', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" VALIDATE CONSTRAINT "_pgroll_dup_backup_differs";
-- proves that existing rows satisfy 'letters_recipient', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."letters"]
ALTER TABLE "public"."letters" VALIDATE CONSTRAINT "_pgroll_dup_letters_recipient";
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_03_change";
-- 'customers' as the new version sees it
CREATE VIEW "public_03_change"."customers" WITH (security_invoker = true) AS SELECT "id", "name", "_pgroll_new_email" AS "email", "credit", "joined", "backup" FROM "public"."customers";
-- the new version's default of 'customers.email'
ALTER VIEW "public_03_change"."customers" ALTER COLUMN "email" SET DEFAULT ('none@example.com');
-- 'letters' as the new version sees it
CREATE VIEW "public_03_change"."letters" WITH (security_invoker = true) AS SELECT "id", "credit", "recipient" FROM "public"."letters";

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_more"."customers", "public_02_more"."letters", "public"."customers", "public"."letters"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_02_more" RENAME TO "_pgroll_gone_public_02_more";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_more"."customers";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_more"."letters";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_insert" ON "public"."customers";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_update" ON "public"."customers";
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_trigger_customers_email"();
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_changed_customers"(anyelement, anyelement);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_customers__email"(varchar(100));
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_customers__email"(text);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_default_customers__email"();
-- 'email' is proven to hold no NULL
ALTER TABLE "public"."customers" ALTER COLUMN "_pgroll_new_email" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."customers" DROP CONSTRAINT "_pgroll_dup__pgroll_check_not_null_email";
-- 'letters_recipient' goes, or its copy takes its place
ALTER TABLE "public"."letters" DROP CONSTRAINT "letters_recipient";
-- what only the old version showed
ALTER TABLE "public"."customers" DROP COLUMN "email", DROP COLUMN "_pgroll_needs_backfill";
-- its final name
ALTER TABLE "public"."customers" RENAME COLUMN "_pgroll_new_email" TO "email";
-- the default of 'email', which the version's view carried until now
ALTER TABLE "public"."customers" ALTER COLUMN "email" SET DEFAULT ('none@example.com');
-- its final name
ALTER TABLE "public"."customers" RENAME CONSTRAINT "_pgroll_dup_customers_email_long" TO "customers_email_long";
-- its final name
ALTER TABLE "public"."customers" RENAME CONSTRAINT "_pgroll_dup_backup_differs" TO "backup_differs";
-- its final name
ALTER TABLE "public"."letters" RENAME CONSTRAINT "_pgroll_dup_letters_recipient" TO "letters_recipient";
-- its final name
ALTER INDEX "public"."_pgroll_dup_customers_email_idx" RENAME TO "customers_email_idx";
-- 'customers_email_key' adopts its index
ALTER TABLE "public"."customers" ADD CONSTRAINT "customers_email_key" UNIQUE USING INDEX "_pgroll_dup_customers_email_key";
-- 'customers_email_credit' adopts its index
ALTER TABLE "public"."customers" ADD CONSTRAINT "customers_email_credit" UNIQUE USING INDEX "_pgroll_dup_customers_email_credit";
-- what replicas are told of an old row
ALTER TABLE "public"."customers" REPLICA IDENTITY USING INDEX "customers_email_key";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_more", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_03_change"."customers", "public_03_change"."letters", "public"."customers", "public"."letters"
ALTER SCHEMA "public_03_change" RENAME TO "_pgroll_gone_public_03_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_03_change"."customers";
DROP VIEW IF EXISTS "_pgroll_gone_public_03_change"."letters";
ALTER TABLE "public"."letters" DROP CONSTRAINT IF EXISTS "_pgroll_dup_letters_recipient";
DROP INDEX IF EXISTS "public"."_pgroll_dup_customers_email_credit";
DROP INDEX IF EXISTS "public"."_pgroll_dup_customers_email_key";
DROP INDEX IF EXISTS "public"."_pgroll_dup_customers_email_idx";
ALTER TABLE "public"."customers" DROP CONSTRAINT IF EXISTS "_pgroll_dup_backup_differs";
ALTER TABLE "public"."customers" DROP CONSTRAINT IF EXISTS "_pgroll_dup_customers_email_long";
ALTER TABLE "public"."customers" DROP CONSTRAINT IF EXISTS "_pgroll_dup__pgroll_check_not_null_email";
DROP TRIGGER IF EXISTS "~pgroll_update" ON "public"."customers";
DROP TRIGGER IF EXISTS "~pgroll_insert" ON "public"."customers";
DROP FUNCTION IF EXISTS "public"."_pgroll_changed_customers"(anyelement, anyelement);
DROP FUNCTION IF EXISTS "public"."_pgroll_trigger_customers_email"();
ALTER TABLE "public"."customers" DROP COLUMN IF EXISTS "_pgroll_needs_backfill";
ALTER TABLE "public"."customers" DROP COLUMN IF EXISTS "_pgroll_new_email";
DROP FUNCTION IF EXISTS "public"."_pgroll_default_customers__email"();
DROP FUNCTION IF EXISTS "public"."_pgroll_down_customers__email"(text);
DROP FUNCTION IF EXISTS "public"."_pgroll_up_customers__email"(varchar(100));
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_03_change", its views in portions
