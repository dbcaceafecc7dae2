-- The shop's orders.
-- Kept for ten years: the law says so.
BEGIN;

/*
 * What a customer ordered, # lines apart.
 */
CREATE TABLE orders (
    id bigint PRIMARY KEY, -- inside of a statement it goes with the statement's words
    state text
);

-- Found by state on every page.
CREATE INDEX orders_state ON orders (state); -- not unique

--
-- The key is said here: it is the table's.
ALTER TABLE orders ADD CONSTRAINT known CHECK (state IN ('open', 'done'));

-- Called by the reports.
CREATE FUNCTION open_orders() RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) FROM orders WHERE state = 'open' $$; /* stable */

-- Before a setting: it is about what follows.
SET client_encoding = 'UTF8';
-- Two actions, one comment.
ALTER TABLE orders ADD COLUMN note text, ADD COLUMN paid boolean;

-- That is all.
COMMIT;
