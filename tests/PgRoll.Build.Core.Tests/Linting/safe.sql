-- Nothing is told of these where existing.sql is what there is, but that what some of them do is not known (PGR0003). A comment before one says
-- where it stands, unless it is what start runs and has a `down`.

CREATE TABLE invoices (id bigint PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders, total numeric CHECK (total > 0), UNIQUE (order_id, total))

CREATE TABLE invoices (id bigint);
CREATE INDEX invoices_id ON invoices (id)

CREATE TABLE public.invoices (id bigint);
CREATE UNIQUE INDEX ON invoices (id);
ALTER TABLE ONLY invoices ADD CONSTRAINT invoices_pkey PRIMARY KEY USING INDEX invoices_id_idx

CREATE TABLE IF NOT EXISTS invoices (id bigint);
CREATE INDEX IF NOT EXISTS invoices_id ON invoices (id)

CREATE TABLE invoices (id bigint, order_id bigint);
ALTER TABLE invoices ADD CONSTRAINT invoices_order FOREIGN KEY (order_id) REFERENCES orders;
ALTER TABLE invoices ADD CHECK (id > 0), ALTER COLUMN order_id SET NOT NULL, ADD UNIQUE (order_id)

CREATE TABLE invoices (id integer);
ALTER TABLE invoices ALTER COLUMN id TYPE bigint;
ALTER TABLE invoices ADD COLUMN token uuid DEFAULT gen_random_uuid();
ALTER TABLE invoices DROP COLUMN token

CREATE TABLE invoices (id integer);
DROP TABLE invoices

CREATE TABLE invoices (id integer);
INSERT INTO invoices SELECT id FROM orders;
UPDATE invoices SET id = id + 1;
DELETE FROM invoices;
TRUNCATE invoices

CREATE TABLE invoices AS SELECT id, total FROM orders;
ALTER TABLE invoices ADD PRIMARY KEY (id)

SELECT id INTO invoices FROM orders;
CREATE INDEX ON invoices (id)

CREATE UNLOGGED TABLE staging (id integer);
ALTER TABLE staging SET LOGGED

CREATE TABLE drafts (id integer);
ALTER TABLE drafts RENAME TO invoices;
CREATE INDEX invoices_id ON invoices (id);
ALTER TABLE invoices RENAME COLUMN id TO number

CREATE TABLE drafts (id integer);
ALTER TABLE drafts SET SCHEMA archive;
CREATE INDEX drafts_id ON archive.drafts (id)

CREATE TABLE "New Table" ("Id" integer);
CREATE INDEX ON "New Table" ("Id");
ALTER TABLE public."New Table" ADD CONSTRAINT "Positive" CHECK ("Id" > 0)

CREATE TABLE archive.invoices (id integer);
CREATE INDEX ON archive.invoices (id);
ALTER TABLE archive.invoices ALTER id SET NOT NULL

SET search_path = archive;
CREATE TABLE invoices (id integer);
CREATE INDEX ON invoices (id);
ALTER TABLE archive.invoices ADD UNIQUE (id)

CREATE SCHEMA IF NOT EXISTS billing;
CREATE TABLE billing.accounts (id integer);
ALTER TABLE billing.accounts ADD PRIMARY KEY (id)

CREATE TABLE visits (id bigint, at date) PARTITION BY RANGE (at);
CREATE TABLE visits_2024 PARTITION OF visits FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE visits_rest PARTITION OF visits DEFAULT;
CREATE INDEX visits_at ON visits (at);
ALTER TABLE visits DETACH PARTITION visits_rest

CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')

CREATE TABLE events_2025 (LIKE events INCLUDING ALL);
ALTER TABLE events_2025 ADD CHECK (at >= '2025-01-01');
ALTER TABLE events ATTACH PARTITION events_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')

ALTER TABLE events ATTACH PARTITION events_2022 FOR VALUES FROM ('2022-01-01') TO ('2023-01-01')

CREATE INDEX events_kind ON ONLY events (kind)

ALTER TABLE events DETACH PARTITION events_2023 CONCURRENTLY

ALTER TABLE events DETACH PARTITION events_2023 FINALIZE

CREATE TEMP TABLE t (id integer);
CREATE INDEX ON t (id);
ALTER TABLE t ADD PRIMARY KEY (id);
DROP TABLE t

CREATE TEMPORARY TABLE orders (id integer);
UPDATE orders SET id = 1;
DELETE FROM orders;
TRUNCATE orders;
DROP TABLE orders

-- without down
CREATE TEMP TABLE t (id integer) ON COMMIT DROP;
INSERT INTO t SELECT id FROM orders;
UPDATE t SET id = 1;
CREATE INDEX ON t (id);
ALTER TABLE t ADD COLUMN x serial;
DROP TABLE t

-- without down
CREATE LOCAL TEMP TABLE t AS SELECT * FROM orders;
SELECT count(*) FROM t

CREATE TABLE pg_temp.t (id integer);
DELETE FROM pg_temp.t;
TRUNCATE pg_temp.t

CREATE TEMP TABLE seeds (key text, value text);
INSERT INTO seeds VALUES ('a', 'b');
INSERT INTO settings SELECT key, value FROM seeds

CREATE FUNCTION clean() RETURNS void LANGUAGE sql AS $$ DELETE FROM orders; TRUNCATE customers; $$

CREATE OR REPLACE FUNCTION clean() RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
  UPDATE customers SET city = NULL;
  DROP TABLE orders;
  PERFORM 1 FROM public_01_existing.orders;
END
$body$

CREATE PROCEDURE tidy() LANGUAGE sql AS 'VACUUM FULL; CREATE INDEX ON orders (note)'

CREATE FUNCTION total_of(o orders) RETURNS numeric LANGUAGE sql BEGIN ATOMIC
  SELECT CASE WHEN o.total IS NULL THEN 0 ELSE o.total END;
END

DO $$ BEGIN UPDATE orders SET note = NULL; DROP TABLE customers; END $$

DO LANGUAGE plpgsql 'BEGIN PERFORM 1; END'

CALL tidy()

COMMENT ON TABLE orders IS 'DROP TABLE orders; TRUNCATE customers'

INSERT INTO settings (key, value) VALUES ('sql', 'DELETE FROM orders'), ('more', $$UPDATE orders SET note = ''$$)

-- DROP TABLE orders;
SELECT 1 /* ; TRUNCATE orders; /* DROP TABLE customers */ */

SELECT 'it''s not: DROP TABLE orders', E'nor \'; TRUNCATE orders', U&'d\0061t\0061; DELETE FROM orders'

SELECT "drop table" FROM (SELECT 1 AS "drop table") AS "truncate orders"

ALTER TABLE orders ADD COLUMN remark text

ALTER TABLE orders ADD COLUMN IF NOT EXISTS remark text DEFAULT 'none'

ALTER TABLE orders ADD COLUMN seen timestamptz NOT NULL DEFAULT now()

ALTER TABLE orders ADD COLUMN paid boolean NOT NULL DEFAULT false, ADD COLUMN due date DEFAULT CURRENT_DATE

ALTER TABLE orders ADD COLUMN payer bigint REFERENCES customers

ALTER TABLE orders ADD COLUMN payer bigint DEFAULT NULL CONSTRAINT orders_payer REFERENCES customers (id) ON DELETE SET NULL

ALTER TABLE orders ADD COLUMN tags text[] NOT NULL DEFAULT '{}'

ALTER TABLE orders ADD COLUMN data jsonb NOT NULL DEFAULT '{}'::jsonb

ALTER TABLE orders ADD vat numeric GENERATED ALWAYS AS (total / 5) VIRTUAL

ALTER TABLE orders ADD COLUMN remark text;
UPDATE orders SET remark = '' WHERE id = 7

ALTER TABLE orders ADD COLUMN remark text;
ALTER TABLE orders ALTER COLUMN remark TYPE varchar(20);
ALTER TABLE orders DROP COLUMN remark

ALTER TABLE orders ALTER COLUMN note SET DEFAULT 'none'

ALTER TABLE orders ALTER COLUMN note DROP DEFAULT, ALTER COLUMN placed SET DEFAULT now()

ALTER TABLE customers ALTER COLUMN vip DROP NOT NULL

ALTER TABLE orders ALTER COLUMN total SET NOT NULL

ALTER TABLE customers ALTER COLUMN vip SET NOT NULL

ALTER TABLE orders ALTER COLUMN note SET STATISTICS 500

ALTER TABLE orders ALTER COLUMN note SET STORAGE EXTERNAL

ALTER TABLE orders ALTER COLUMN note SET (n_distinct = 100)

ALTER TABLE orders SET (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.01)

ALTER TABLE orders RESET (fillfactor)

ALTER TABLE orders ADD CONSTRAINT small CHECK (total < 100000) NOT VALID

ALTER TABLE orders ADD CONSTRAINT orders_payer FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID

ALTER TABLE orders VALIDATE CONSTRAINT total_known

ALTER TABLE orders ADD CONSTRAINT small CHECK (total < 100000) NOT ENFORCED

ALTER TABLE customers ADD CONSTRAINT customers_city_key UNIQUE USING INDEX customers_city

ALTER TABLE archive.old_orders ADD PRIMARY KEY USING INDEX old_orders_id

ALTER TABLE orders DROP CONSTRAINT total_positive

ALTER TABLE orders DROP CONSTRAINT orders_customer, ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers ON DELETE CASCADE NOT VALID

ALTER TABLE orders RENAME CONSTRAINT total_positive TO positive_total

ALTER TABLE orders RENAME COLUMN note TO remark

ALTER TABLE orders RENAME TO purchases

ALTER INDEX orders_state RENAME TO orders_by_state

ALTER TABLE orders ENABLE ROW LEVEL SECURITY

ALTER TABLE orders FORCE ROW LEVEL SECURITY

ALTER TABLE orders REPLICA IDENTITY FULL

ALTER TABLE orders CLUSTER ON orders_pkey

ALTER TABLE orders DISABLE TRIGGER orders_touch

ALTER TABLE orders OWNER TO pgroll

ALTER TABLE ONLY customers ALTER city SET DEFAULT 'Basel'

CREATE INDEX CONCURRENTLY orders_note ON orders (note)

CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS orders_note ON public.orders USING btree (lower(note)) WHERE note IS NOT NULL

DROP INDEX CONCURRENTLY customers_city

DROP INDEX CONCURRENTLY IF EXISTS public.customers_city

REINDEX INDEX CONCURRENTLY orders_state

REINDEX (CONCURRENTLY, VERBOSE) TABLE orders

-- without down
VACUUM orders

-- without down
VACUUM (ANALYZE, FULL off) public.orders

-- onComplete
VACUUM (VERBOSE, ANALYZE) orders

-- without down
ANALYZE orders, customers (city)

REFRESH MATERIALIZED VIEW CONCURRENTLY sales

CREATE MATERIALIZED VIEW cities AS SELECT DISTINCT city FROM customers;
CREATE UNIQUE INDEX ON cities (city);
REFRESH MATERIALIZED VIEW cities

CREATE MATERIALIZED VIEW IF NOT EXISTS cities AS SELECT DISTINCT city FROM customers WITH NO DATA;
CREATE INDEX cities_city ON cities (city)

CREATE VIEW small_orders AS SELECT id, total FROM orders WHERE total < 10

CREATE OR REPLACE VIEW big_orders AS SELECT * FROM orders WHERE total > 5000

DROP TABLE IF EXISTS invoices;
CREATE TABLE invoices (id bigint)

DROP VIEW IF EXISTS big_orders;
CREATE VIEW big_orders AS SELECT id FROM orders

DROP VIEW big_orders CASCADE;
CREATE OR REPLACE VIEW public.big_orders AS SELECT id FROM orders

DROP FUNCTION IF EXISTS vat(numeric);
CREATE FUNCTION vat(total numeric, rate numeric) RETURNS numeric LANGUAGE sql AS 'SELECT total * rate'

DROP TRIGGER IF EXISTS orders_touch ON orders;
CREATE TRIGGER orders_touch BEFORE INSERT OR UPDATE OF note ON orders FOR EACH ROW EXECUTE FUNCTION touch()

DROP POLICY IF EXISTS own_rows ON orders;
CREATE POLICY own_rows ON orders USING (true)

DROP MATERIALIZED VIEW IF EXISTS sales;
CREATE MATERIALIZED VIEW sales AS SELECT 1 AS day

CREATE TRIGGER customers_touch AFTER UPDATE ON customers FOR EACH STATEMENT EXECUTE FUNCTION touch()

CREATE TYPE size AS ENUM ('small', 'large');
DROP TYPE size

CREATE TYPE size AS ENUM ('small', 'large');
ALTER TYPE size RENAME VALUE 'large' TO 'big'

CREATE DOMAIN percentage AS integer;
ALTER DOMAIN percentage ADD CHECK (VALUE BETWEEN 0 AND 100);
DROP DOMAIN percentage

ALTER TYPE status ADD VALUE IF NOT EXISTS 'returned' AFTER 'sent'

ALTER TYPE status ADD VALUE 'returned';
INSERT INTO settings (key, value) VALUES ('last state', 'returned');
COMMENT ON TYPE status IS 'returned'

CREATE TYPE size AS ENUM ('small');
ALTER TYPE size ADD VALUE 'large';
CREATE TABLE shirts (size size DEFAULT 'large'::size)

ALTER TYPE address ADD ATTRIBUTE country text

ALTER DOMAIN email_address ADD CONSTRAINT short CHECK (length(VALUE) < 100) NOT VALID

ALTER DOMAIN email_address VALIDATE CONSTRAINT short

ALTER DOMAIN email_address DROP NOT NULL

CREATE SEQUENCE numbers START 100;
ALTER SEQUENCE numbers RESTART;
DROP SEQUENCE numbers

ALTER SEQUENCE invoice_numbers INCREMENT BY 10

-- without down
SELECT setval('invoice_numbers', 1000)

-- without down
CREATE EXTENSION IF NOT EXISTS pg_trgm

-- without down
CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public

-- without down
CREATE SCHEMA IF NOT EXISTS billing

GRANT SELECT, INSERT ON orders, customers TO reporting

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM reporting

ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO reporting

GRANT ALL ON TABLE orders TO pgroll WITH GRANT OPTION

CREATE ROLE pgroll NOLOGIN

-- without down
COMMENT ON COLUMN orders.note IS 'what the customer says'

-- without down
COMMENT ON FUNCTION vat(numeric) IS NULL

-- without down
SELECT 1

-- without down
SELECT count(*) FROM orders WHERE note = 'DROP TABLE' GROUP BY state HAVING count(*) > 1

-- without down
WITH x AS (SELECT id FROM orders) SELECT * FROM x

-- without down
TABLE orders

-- without down
VALUES (1), (2)

-- without down
EXPLAIN DELETE FROM orders

-- without down
SHOW server_version

-- without down
LOCK TABLE orders IN SHARE MODE

-- without down
NOTIFY shop, 'new version'

-- without down
SET LOCAL work_mem = '64MB'

-- without down
SET search_path TO public, archive

-- without down
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false)

-- without down
SET CONSTRAINTS ALL DEFERRED

SET maintenance_work_mem = '1GB';
CREATE TABLE invoices (id bigint);
RESET maintenance_work_mem

INSERT INTO settings (key, value) VALUES ('currency', 'CHF') ON CONFLICT (key) DO UPDATE SET value = excluded.value

INSERT INTO settings SELECT 'currency', 'CHF' WHERE NOT EXISTS (SELECT FROM settings WHERE key = 'currency')

INSERT INTO settings SELECT * FROM (VALUES ('a', 'b'), ('c', 'd')) AS v (key, value)

INSERT INTO settings (key) SELECT 'k' || n FROM generate_series(1, 3) AS n

INSERT INTO settings DEFAULT VALUES

UPDATE settings SET value = 'EUR' WHERE key = 'currency'

UPDATE settings AS s SET value = 'EUR' WHERE s.key IN ('currency', 'base currency') AND value <> 'EUR'

UPDATE customers SET city = 'Basel' WHERE email = 'info@example.org'

UPDATE customers SET city = trim(city) WHERE id BETWEEN 1 AND 1000

UPDATE customers SET city = trim(city) WHERE city <> trim(city) AND id IN (SELECT id FROM customers WHERE city <> trim(city) LIMIT 1000)

DELETE FROM settings WHERE key = 'old'

DELETE FROM order_lines WHERE order_id = 1 AND line > 3

DELETE FROM archive.old_orders WHERE id = 1

WITH gone AS (DELETE FROM settings WHERE key = 'old' RETURNING key, value) INSERT INTO settings SELECT 'new', value FROM (VALUES ('x')) AS v (value)

MERGE INTO settings s USING (VALUES ('a', 'b')) AS v (key, value) ON s.key = v.key WHEN MATCHED THEN UPDATE SET value = v.value WHEN NOT MATCHED THEN INSERT VALUES (v.key, v.value)

COPY orders TO '/tmp/orders.csv' WITH (FORMAT csv)

COPY (SELECT * FROM orders) TO STDOUT

COPY settings (key, value) FROM '/tmp/settings.csv'

-- onComplete
TRUNCATE orders

-- onComplete
DROP FUNCTION vat(numeric)

-- onComplete
DROP VIEW big_orders

-- onComplete
DROP TABLE events_2023

-- onComplete
ALTER TABLE orders ADD COLUMN remark text

-- onComplete
CREATE INDEX CONCURRENTLY orders_note ON orders (note)

-- onComplete
ALTER TABLE orders DROP CONSTRAINT orders_customer

-- onComplete
DROP TYPE address

-- onComplete
DROP TABLE customers CASCADE

-- onComplete
ALTER TABLE orders DROP COLUMN note CASCADE

-- onComplete
DROP TYPE status CASCADE

CREATE STATISTICS orders_state_note ON state, note FROM orders;
DROP STATISTICS orders_state_note

CREATE PUBLICATION shop FOR TABLE orders, customers

CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION touch_ddl()

CREATE FOREIGN TABLE remote (id integer) SERVER other OPTIONS (table_name 'remote')

CREATE RULE no_delete AS ON DELETE TO settings DO INSTEAD NOTHING

CREATE AGGREGATE total_of(numeric) (sfunc = numeric_add, stype = numeric)

CREATE CAST (text AS address) WITHOUT FUNCTION

ALTER FUNCTION vat(numeric) SET search_path = pg_catalog

ALTER ROLE reporting SET statement_timeout = '1min'

ALTER VIEW big_orders RENAME TO large_orders

ALTER MATERIALIZED VIEW sales RENAME COLUMN day TO at

CREATE SUBSCRIPTION copy CONNECTION 'host=other' PUBLICATION shop WITH (connect = false, create_slot = false);
ALTER SUBSCRIPTION copy DISABLE

IMPORT FOREIGN SCHEMA other FROM SERVER other INTO archive

SECURITY LABEL ON TABLE orders IS NULL
