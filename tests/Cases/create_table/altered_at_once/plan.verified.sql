-- ==== start ====
-- one short transaction
-- numbers for 'happenings.id'
CREATE SEQUENCE "public"."events_id_seq" AS integer;
-- table 'happenings', which the old version does not see
CREATE TABLE "public"."happenings" (
  "id" integer NOT NULL DEFAULT (nextval('"public"."events_id_seq"'::regclass)),
  "name" text NOT NULL,
  "venue" text NOT NULL DEFAULT ('here'),
  CONSTRAINT "events_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "events_name_key" UNIQUE ("name")
);
-- the sequence goes where its column goes
ALTER SEQUENCE "public"."events_id_seq" OWNED BY "public"."happenings"."id";
-- index 'events_venue_idx'; the table is empty, so it is built at once
CREATE INDEX "events_venue_idx" ON "public"."happenings" USING btree ("venue" DESC);
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_01_change";
-- 'happenings' as the new version sees it
CREATE VIEW "public_01_change"."happenings" WITH (security_invoker = true) AS SELECT "id", "name", "venue" FROM "public"."happenings";

-- ==== complete ====
-- one transaction

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_01_change"."happenings", "public"."happenings"
ALTER SCHEMA "public_01_change" RENAME TO "_pgroll_gone_public_01_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_change"."happenings";
DROP TABLE IF EXISTS "public"."happenings";
DROP SEQUENCE IF EXISTS "public"."events_id_seq";
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_change", its views in portions
