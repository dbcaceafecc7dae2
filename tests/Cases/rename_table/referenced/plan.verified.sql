-- ==== start ====
-- one short transaction
-- table 'essays', which the old version does not see
CREATE TABLE "public"."essays" (
  "id" serial NOT NULL,
  "writer" int NOT NULL,
  CONSTRAINT "essays_pkey" PRIMARY KEY ("id")
);
-- a short transaction each
-- foreign key 'essays_writer_fk' of the new table [SHARE ROW EXCLUSIVE on "public"."essays" and "public"."authors"]
ALTER TABLE "public"."essays" ADD CONSTRAINT "essays_writer_fk" FOREIGN KEY ("writer") REFERENCES "public"."authors" ("id");
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'writers' as the new version sees it
CREATE VIEW "public_02_change"."writers" WITH (security_invoker = true) AS SELECT "id" AS "number" FROM "public"."authors";
-- 'books' as the new version sees it
CREATE VIEW "public_02_change"."books" WITH (security_invoker = true) AS SELECT "id", "author" FROM "public"."books";
-- 'essays' as the new version sees it
CREATE VIEW "public_02_change"."essays" WITH (security_invoker = true) AS SELECT "id", "writer" FROM "public"."essays";

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_01_authors"."authors", "public_01_authors"."books", "public"."authors", "public"."books"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_01_authors" RENAME TO "_pgroll_gone_public_01_authors";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_authors"."authors";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_authors"."books";
-- its final name
ALTER TABLE "public"."authors" RENAME COLUMN "id" TO "number";
-- its final name
ALTER TABLE "public"."authors" RENAME TO "writers";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_authors", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_change"."books", "public_02_change"."essays", "public_02_change"."writers", "public"."authors", "public"."books", "public"."essays"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."writers";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."books";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."essays";
ALTER TABLE "public"."essays" DROP CONSTRAINT IF EXISTS "essays_writer_fk";
DROP TABLE IF EXISTS "public"."essays";
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
