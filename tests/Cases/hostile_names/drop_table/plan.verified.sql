-- ==== start ====
-- one short transaction
-- table 'We"ird. Table', which the old version does not see
CREATE TABLE "public"."_pgroll_new_We""ird. Table" (
  "SELECT ""x""" bigserial NOT NULL,
  "Ünique" text NOT NULL,
  CONSTRAINT "_pgroll_new_We""ird. Table_pkey" PRIMARY KEY ("SELECT ""x"""),
  CONSTRAINT "We""ird. Table_Ünique_key" UNIQUE ("Ünique")
);
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'We"ird. Table' as the new version sees it
CREATE VIEW "public_02_change"."We""ird. Table" WITH (security_invoker = true) AS SELECT "SELECT ""x""", "Ünique" FROM "public"."_pgroll_new_We""ird. Table";

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_01_table"."We""ird. Table", "public"."We""ird. Table", "public"."_pgroll_new_We""ird. Table"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_01_table" RENAME TO "_pgroll_gone_public_01_table";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_table"."We""ird. Table";
-- table 'We"ird. Table' and its rows, which only the old version showed
DROP TABLE "public"."We""ird. Table";
-- its final name
ALTER INDEX "public"."_pgroll_new_We""ird. Table_pkey" RENAME TO "We""ird. Table_pkey";
-- its final name
ALTER SEQUENCE "public"."_pgroll_new_We""ird. Table_SELECT ""x""_seq" RENAME TO "We""ird. Table_SELECT ""x""_seq";
-- its final name
ALTER TABLE "public"."_pgroll_new_We""ird. Table" RENAME TO "We""ird. Table";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_table", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_change"."We""ird. Table", "public"."We""ird. Table", "public"."_pgroll_new_We""ird. Table"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."We""ird. Table";
DROP TABLE IF EXISTS "public"."_pgroll_new_We""ird. Table";
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
