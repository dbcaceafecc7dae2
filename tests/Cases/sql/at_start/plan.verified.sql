-- ==== start ====
-- one short transaction
-- as the migration says; ACCESS EXCLUSIVE on customers
CREATE TABLE towns (id int PRIMARY KEY, name text);
ALTER TABLE customers ADD COLUMN town int;
-- one transaction
-- the new version, as raw SQL left it
-- CREATE SCHEMA "public_02_change" with a view of each table

-- ==== complete ====
-- one transaction
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_01_customers" RENAME TO "_pgroll_gone_public_01_customers";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_customers", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction
DROP SCHEMA "public_02_change" CASCADE;
ALTER TABLE customers DROP COLUMN town;
DROP TABLE towns;
;
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
