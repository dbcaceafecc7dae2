-- ==== start ====
-- one short transaction
-- table 'invoices', which the old version does not see
CREATE TABLE "public"."invoices" (
  "id" bigserial NOT NULL,
  "number" varchar(20) NOT NULL,
  "total" numeric(12,2) NOT NULL DEFAULT (0),
  "note" text DEFAULT ('-'),
  "issued" timestamptz NOT NULL DEFAULT (now()),
  CONSTRAINT "invoices_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "invoices_number_key" UNIQUE ("number")
);
-- what the table is for
COMMENT ON TABLE "public"."invoices" IS 'issued bills';
-- what the column is for
COMMENT ON COLUMN "public"."invoices"."number" IS 'as printed; it''s unique';
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_01_change";
-- 'invoices' as the new version sees it
CREATE VIEW "public_01_change"."invoices" WITH (security_invoker = true) AS SELECT "id", "number", "total", "note", "issued" FROM "public"."invoices";

-- ==== complete ====
-- one transaction

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_01_change"."invoices", "public"."invoices"
ALTER SCHEMA "public_01_change" RENAME TO "_pgroll_gone_public_01_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_change"."invoices";
DROP TABLE IF EXISTS "public"."invoices";
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_change", its views in portions
