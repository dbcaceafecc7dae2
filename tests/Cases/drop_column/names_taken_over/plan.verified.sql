-- ==== start ====
-- one short transaction
-- up of 'customers.mail'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_customers__mail"("email" text) RETURNS text
LANGUAGE sql RETURN (email || '!');
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_customers__mail"(text) TO PUBLIC;
-- down of 'customers.email'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_customers__email"("mail" text) RETURNS text
LANGUAGE sql RETURN (rtrim(mail, '!'));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_customers__email"(text) TO PUBLIC;
-- column 'customers.mail', which the old version does not see [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD COLUMN "_pgroll_new_mail" text;
-- marks the rows of 'customers' that are still to be brought to the new version [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD COLUMN "_pgroll_needs_backfill" boolean NOT NULL DEFAULT true;
-- keeps both versions of a row of 'customers' in step
CREATE FUNCTION "public"."_pgroll_trigger_customers_mail"() RETURNS trigger
LANGUAGE plpgsql AS $pgroll$
DECLARE
  by_old boolean;
  by_new boolean;
BEGIN
  IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
    by_old := NEW."email" IS DISTINCT FROM NULL;
    by_new := NEW."_pgroll_new_mail" IS DISTINCT FROM NULL;
  ELSE
    by_old := CAST(ROW(OLD."email") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."email") AS pg_catalog.record);
    by_new := CAST(ROW(OLD."_pgroll_new_mail") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_mail") AS pg_catalog.record);
  END IF;
  IF NOT by_old AND NOT by_new THEN
    by_new := COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_change' AS pg_catalog.name)) OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_customers' AS pg_catalog.name)), 2147483647), false);
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NOT by_new AND pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_customers' AS pg_catalog.name)) IS NULL THEN
      by_new := NEW."email" IS NOT DISTINCT FROM NULL;
    END IF;
    by_old := NOT by_new;
  END IF;
  IF by_old AND NOT by_new THEN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."email") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."email") AS pg_catalog.record) THEN
      NEW."_pgroll_new_mail" := "public"."_pgroll_up_customers__mail"(NEW."email");
    END IF;
  ELSE
    IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND OLD."_pgroll_needs_backfill" THEN
      IF CAST(ROW(OLD."_pgroll_new_mail") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_mail") AS pg_catalog.record) THEN
        OLD."_pgroll_new_mail" := "public"."_pgroll_up_customers__mail"(OLD."email");
      ELSE
        OLD."_pgroll_new_mail" := "public"."_pgroll_up_customers__mail"(OLD."email");
        NEW."_pgroll_new_mail" := OLD."_pgroll_new_mail";
      END IF;
    END IF;
    IF NOT by_old THEN
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_mail") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_mail") AS pg_catalog.record) THEN
        NEW."email" := "public"."_pgroll_down_customers__email"(NEW."_pgroll_new_mail");
      END IF;
    END IF;
  END IF;
  NEW."_pgroll_needs_backfill" := false;
  RETURN NEW;
END
$pgroll$;
-- whether an update of 'customers' matters to the other version
CREATE FUNCTION "public"."_pgroll_changed_customers"(anyelement, anyelement) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $pgroll$SELECT CAST(ROW(($1)."email", ($1)."_pgroll_new_mail") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(($2)."email", ($2)."_pgroll_new_mail") AS pg_catalog.record)$pgroll$;
GRANT EXECUTE ON FUNCTION "public"."_pgroll_changed_customers"(anyelement, anyelement) TO PUBLIC;
-- fires for rows that clients insert [SHARE ROW EXCLUSIVE on "public"."customers"]
CREATE TRIGGER "~pgroll_insert" BEFORE INSERT ON "public"."customers"
FOR EACH ROW WHEN (NEW."_pgroll_needs_backfill") EXECUTE FUNCTION "public"."_pgroll_trigger_customers_mail"();
-- fires where an update matters to the other version [SHARE ROW EXCLUSIVE on "public"."customers"]
CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON "public"."customers"
FOR EACH ROW WHEN ((OLD."_pgroll_needs_backfill" AND NEW."_pgroll_needs_backfill") OR (NOT OLD."_pgroll_needs_backfill" AND "public"."_pgroll_changed_customers"(OLD.*, NEW.*))) EXECUTE FUNCTION "public"."_pgroll_trigger_customers_mail"();
-- fires for apply workers and bulk loaders too [SHARE ROW EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ENABLE ALWAYS TRIGGER "~pgroll_insert", ENABLE ALWAYS TRIGGER "~pgroll_update";
-- check '_pgroll_check_not_null_mail' for what is written from now on [ACCESS EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" ADD CONSTRAINT "_pgroll_check_not_null_mail" CHECK ("_pgroll_new_mail" IS DISTINCT FROM NULL) NOT VALID;
-- in batches, a short transaction each
-- the rows of 'customers' that are there already
UPDATE "public"."customers" SET "_pgroll_new_mail" = "public"."_pgroll_up_customers__mail"("email"), "_pgroll_needs_backfill" = false WHERE "_pgroll_needs_backfill"; -- a range of the table at a time
-- statistics of the new columns, so that the new version's first queries are planned well [SHARE UPDATE EXCLUSIVE on "public"."customers"]
ANALYZE "public"."customers" ("_pgroll_new_mail");
-- outside of a transaction, while clients write
-- index 'customers_email_idx', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."customers"]
CREATE INDEX CONCURRENTLY "_pgroll_new_customers_email_idx" ON "public"."customers" USING btree ("_pgroll_new_mail");
-- index 'customers_email_key', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."customers"]
CREATE UNIQUE INDEX CONCURRENTLY "_pgroll_new_customers_email_key" ON "public"."customers" ("_pgroll_new_mail");
-- while clients write, a transaction each
-- proves that existing rows satisfy '_pgroll_check_not_null_mail', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."customers"]
ALTER TABLE "public"."customers" VALIDATE CONSTRAINT "_pgroll_check_not_null_mail";
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'towns' as the new version sees it
CREATE VIEW "public_02_change"."towns" WITH (security_invoker = true) AS SELECT "id" FROM "public"."towns";
-- 'customers' as the new version sees it
CREATE VIEW "public_02_change"."customers" WITH (security_invoker = true) AS SELECT "id", "name", "town", "_pgroll_new_mail" AS "mail" FROM "public"."customers";

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_01_customers"."customers", "public"."customers"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_01_customers" RENAME TO "_pgroll_gone_public_01_customers";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_customers"."customers";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_insert" ON "public"."customers";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_update" ON "public"."customers";
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_trigger_customers_mail"();
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_changed_customers"(anyelement, anyelement);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_customers__mail"(text);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_customers__email"(text);
-- 'mail' is proven to hold no NULL
ALTER TABLE "public"."customers" ALTER COLUMN "_pgroll_new_mail" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."customers" DROP CONSTRAINT "_pgroll_check_not_null_mail";
-- what only the old version showed
ALTER TABLE "public"."customers" DROP COLUMN "email", DROP COLUMN "_pgroll_needs_backfill";
-- its final name
ALTER TABLE "public"."customers" RENAME COLUMN "_pgroll_new_mail" TO "mail";
-- its final name
ALTER INDEX "public"."_pgroll_new_customers_email_idx" RENAME TO "customers_email_idx";
-- 'customers_email_key' adopts its index
ALTER TABLE "public"."customers" ADD CONSTRAINT "customers_email_key" UNIQUE USING INDEX "_pgroll_new_customers_email_key";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_customers", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_change"."customers", "public"."customers"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."customers";
DROP INDEX IF EXISTS "public"."_pgroll_new_customers_email_key";
DROP INDEX IF EXISTS "public"."_pgroll_new_customers_email_idx";
ALTER TABLE "public"."customers" DROP CONSTRAINT IF EXISTS "_pgroll_check_not_null_mail";
DROP TRIGGER IF EXISTS "~pgroll_update" ON "public"."customers";
DROP TRIGGER IF EXISTS "~pgroll_insert" ON "public"."customers";
DROP FUNCTION IF EXISTS "public"."_pgroll_changed_customers"(anyelement, anyelement);
DROP FUNCTION IF EXISTS "public"."_pgroll_trigger_customers_mail"();
ALTER TABLE "public"."customers" DROP COLUMN IF EXISTS "_pgroll_needs_backfill";
ALTER TABLE "public"."customers" DROP COLUMN IF EXISTS "_pgroll_new_mail";
DROP FUNCTION IF EXISTS "public"."_pgroll_down_customers__email"(text);
DROP FUNCTION IF EXISTS "public"."_pgroll_up_customers__mail"(text);
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
