-- ==== start ====
-- one short transaction
-- table 'tasks', which the old version does not see
CREATE TABLE "public"."tasks" (
  "id" serial NOT NULL,
  "title" text,
  "customer" int NOT NULL,
  CONSTRAINT "tasks_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "tasks_title_check" CHECK ("title" <> '')
);
-- what replicas are told of an old row
ALTER TABLE "public"."tasks" REPLICA IDENTITY USING INDEX "tasks_pkey";
-- a short transaction each
-- foreign key 'tasks_customer' of the new table [SHARE ROW EXCLUSIVE on "public"."tasks" and "public"."customers"]
ALTER TABLE "public"."tasks" ADD CONSTRAINT "tasks_customer" FOREIGN KEY ("customer") REFERENCES "public"."customers" ("id");
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'customers' as the new version sees it
CREATE VIEW "public_02_change"."customers" WITH (security_invoker = true) AS SELECT "id", "name", "email", "credit" FROM "public"."customers";
-- 'tasks' as the new version sees it
CREATE VIEW "public_02_change"."tasks" WITH (security_invoker = true) AS SELECT "id", "title", "customer" FROM "public"."tasks";

-- ==== complete ====
-- one transaction
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_01_customers" RENAME TO "_pgroll_gone_public_01_customers";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_customers", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_change"."tasks", "public"."customers", "public"."tasks"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."tasks";
ALTER TABLE "public"."tasks" DROP CONSTRAINT IF EXISTS "tasks_customer";
DROP TABLE IF EXISTS "public"."tasks";
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
