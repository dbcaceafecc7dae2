-- ==== start ====
-- outside of a transaction, which the server demands
-- as the migration says; SHARE UPDATE EXCLUSIVE on customers, while an index of all its rows is built
CREATE INDEX CONCURRENTLY customers_credit_idx ON customers (credit);
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
DROP INDEX customers_credit_idx;
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
