-- Each is dangerous where existing.sql is what there is. Above each stands the rule that must tell, and no other; behind the code where the
-- SQL stands, unless it is what start runs and has a `down`.

-- PGR0701
ALTER TABLE orders ADD COLUMN country text DEFAULT 'CH

-- PGR0701
ALTER TABLE orders ADD COLUMN country text DEFAULT ('CH'

-- PGR0701
SELECT count(*)) FROM orders

-- PGR0701
CREATE TABLE invoices (id bigint, total numeric,)

-- PGR0701
CREATE TABLE invoices (id bigint PRIMARY, total numeric)

-- PGR0701
CREATE TABLE (id bigint)

-- PGR0701
CREATE INDEX CONCURRENTLY orders_note orders (note)

-- PGR0701
CREATE INDEX ON orders note

-- PGR0701
DROP TABLE

-- PGR0701
SELCT 1

-- PGR0701
CREATE TABEL invoices (id bigint)

-- PGR0701
ALTR TABLE orders ADD COLUMN country text

-- PGR0701
ALTER TABL orders ADD COLUMN country text

-- PGR0701
DROP INDX orders_note

-- PGR0701
GO

-- PGR0701
DELETE orders WHERE id = 1

-- PGR0701
INSERT orders (id) VALUES (1)

-- PGR0701
COMMENT ON TABLE orders 'what was ordered'

-- PGR0701
ALTER TABLE orders ADD COLUMN

-- PGR0701
ALTER TABLE orders RENAME COLUMN note remark

-- PGR0701
ALTER TABLE orders ADD CONSTRAINT positive CHECK total > 0

-- PGR0701
ALTER TABLE orders ALTER COLUMN note SET DATA TYPE

-- PGR0701
CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS $$ SELECT 1

-- PGR0701
SELECT 1 /* never closed

-- PGR0701
\connect shop

-- PGR0701
ALTER TABLE orders ADD COLUMN "" text

-- PGR0701 down
DROP TABLE IF EXISTS

-- PGR0701 onComplete
TRUNCATE

-- PGR0702
ALTER TABLE orders ALTER COLUMN total TYPE numeric(12, 2)

-- PGR0702
alter table orders alter total type text using total::text

-- PGR0702
ALTER TABLE public.customers ALTER COLUMN name SET DATA TYPE text

-- PGR0702
ALTER TABLE IF EXISTS ONLY customers ALTER COLUMN id TYPE integer

-- PGR0702
ALTER TABLE "Mixed Case" ALTER COLUMN "Some Value" TYPE varchar(10)

-- PGR0702 onComplete
ALTER TABLE orders ALTER COLUMN placed TYPE timestamptz

-- PGR0702
ALTER TABLE orders DROP COLUMN note

-- PGR0702
ALTER TABLE orders DROP note

-- PGR0702
ALTER TABLE orders DROP COLUMN IF EXISTS note CASCADE

-- PGR0702 onComplete
ALTER TABLE orders DROP COLUMN note

-- PGR0702
ALTER TABLE orders ADD COLUMN remark text, DROP COLUMN note

-- PGR0702
ALTER /* all */ TABLE -- of them
  orders DROP COLUMN note

-- PGR0702
ALTER TABLE ONLY "public"."orders" DROP COLUMN "note" RESTRICT

-- PGR0702
ALTER TABLE events ALTER COLUMN kind TYPE varchar(20)

-- PGR0702
DROP TABLE customers

-- PGR0702
DROP TABLE IF EXISTS public.customers CASCADE

-- PGR0702
DROP TABLE order_lines, customers

-- PGR0702 onComplete
DROP TABLE settings

-- PGR0702
DROP TABLE "Mixed Case"

-- PGR0702
DROP TABLE events CASCADE

-- PGR0702
DROP SCHEMA public CASCADE

-- PGR0702
DROP TYPE status CASCADE

-- PGR0702
DROP TYPE IF EXISTS public.status CASCADE

-- PGR0702 onComplete
ALTER TABLE orders RENAME COLUMN note TO remark

-- PGR0702 onComplete
ALTER TABLE orders RENAME note TO remark

-- PGR0702 onComplete
ALTER TABLE customers RENAME TO clients

-- PGR0702
CREATE TABLE copy AS TABLE orders;
DROP TABLE orders;
ALTER TABLE copy RENAME TO orders

-- PGR0704
CREATE INDEX CONCURRENTLY orders_note ON orders (note);
ANALYZE orders

-- PGR0704
SET work_mem = '1GB';
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS orders_note ON public.orders USING btree (note)

-- PGR0704
DROP INDEX CONCURRENTLY customers_city;
DROP INDEX CONCURRENTLY orders_state

-- PGR0704 down
DROP INDEX CONCURRENTLY IF EXISTS customers_city

-- PGR0704
REINDEX INDEX CONCURRENTLY orders_state; SELECT 1

-- PGR0704
REINDEX (CONCURRENTLY) TABLE orders; SELECT 1

-- PGR0704 onComplete
VACUUM orders;
VACUUM customers

-- PGR0704
VACUUM (ANALYZE, VERBOSE) orders; SELECT 1

-- PGR0704
ANALYZE orders; VACUUM

-- PGR0704 down
VACUUM orders

-- PGR0704
ALTER TABLE events DETACH PARTITION events_2023 CONCURRENTLY;
COMMENT ON TABLE events_2023 IS 'detached'

-- PGR0704
CREATE DATABASE reports; SELECT 1

-- PGR0704
CREATE TABLESPACE fast LOCATION '/fast'; SELECT 1

-- PGR0704
CREATE SUBSCRIPTION copy CONNECTION 'host=other' PUBLICATION all_tables; SELECT 1

-- PGR0704 down
DROP SUBSCRIPTION copy

-- PGR0704
ALTER SUBSCRIPTION copy REFRESH PUBLICATION; SELECT 1

-- PGR0704
DISCARD ALL; SELECT 1

-- PGR0704
ALTER DATABASE shop SET TABLESPACE fast; SELECT 1

-- PGR0704
ALTER TYPE status ADD VALUE 'returned';
ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'returned'

-- PGR0704
ALTER TYPE public.status ADD VALUE IF NOT EXISTS 'it''s back' BEFORE 'sent';
UPDATE orders SET state = 'it''s back' WHERE id = 1

-- PGR0704
ALTER TYPE status ADD VALUE 'returned';
INSERT INTO orders (id, state) VALUES (1, 'returned'::public.status)

-- PGR0705 without down
CREATE TYPE size AS ENUM ('small', 'large')

-- PGR0705 without down
CREATE TABLE invoices (id bigint PRIMARY KEY)

-- PGR0705 without down
CREATE TABLE IF NOT EXISTS invoices (id bigint PRIMARY KEY)

-- PGR0705 without down
ALTER TABLE orders ADD COLUMN remark text

-- PGR0705 without down
INSERT INTO settings (key, value) VALUES ('currency', 'CHF')

-- PGR0705 without down
UPDATE settings SET value = 'EUR' WHERE key = 'currency'

-- PGR0705 without down
CREATE OR REPLACE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1'

-- PGR0705 without down
GRANT SELECT ON orders TO reporting

-- PGR0705 without down
DO $$ BEGIN EXECUTE 'CREATE TABLE x ()'; END $$

-- PGR0705 without down
SELECT create_partitions('events')

-- PGR0705 without down
CREATE VIEW small_orders AS SELECT * FROM orders WHERE total < 10

-- PGR0705 without down
CREATE INDEX CONCURRENTLY orders_note ON orders (note)

-- PGR0705 without down
CREATE EXTENSION pg_trgm

-- PGR0705 without down
CREATE DOMAIN percentage AS integer CHECK (VALUE BETWEEN 0 AND 100)

-- PGR0705 without down
SET LOCAL work_mem = '64MB';
CREATE SEQUENCE numbers

-- PGR0707
TRUNCATE orders

-- PGR0707
TRUNCATE TABLE ONLY public.orders RESTART IDENTITY CASCADE

-- PGR0707
TRUNCATE customers, orders

-- PGR0707
DELETE FROM orders

-- PGR0707
DELETE FROM ONLY "Mixed Case"

-- PGR0707
delete from orders returning *

-- PGR0707
WITH gone AS (DELETE FROM settings RETURNING *) SELECT count(*) FROM gone

-- PGR0707
DROP TABLE events_2023

-- PGR0707
DROP TABLE IF EXISTS archive.old_orders

-- PGR0707
ALTER TABLE archive.old_orders DROP COLUMN total

-- PGR0707
DROP FUNCTION vat(numeric)

-- PGR0707
DROP FUNCTION IF EXISTS public.vat CASCADE

-- PGR0707
DROP VIEW big_orders

-- PGR0707
DROP MATERIALIZED VIEW sales

-- PGR0707
DROP SEQUENCE invoice_numbers

-- PGR0707
DROP TRIGGER orders_touch ON orders

-- PGR0707
DROP SCHEMA archive CASCADE

-- PGR0707
DROP TYPE address

-- PGR0707
DROP DOMAIN email_address

-- PGR0707
DROP EXTENSION IF EXISTS pg_trgm CASCADE

-- PGR0707
DROP POLICY own_rows ON orders

-- PGR0707
DROP AGGREGATE total_of(numeric)

-- PGR0707
DROP OWNED BY reporting

-- PGR0707
DROP DATABASE reports

-- PGR0707 onComplete
ALTER SYSTEM SET max_connections = 500

-- PGR0707
ALTER TYPE status RENAME VALUE 'sent' TO 'shipped'

-- PGR0707
ALTER TYPE address DROP ATTRIBUTE zip

-- PGR0707
ALTER TABLE orders DROP CONSTRAINT orders_customer

-- PGR0707
ALTER TABLE customers DROP CONSTRAINT IF EXISTS customers_email

-- PGR0707
ALTER TABLE customers DROP CONSTRAINT customers_pkey CASCADE

-- PGR0707
DROP PUBLICATION all_tables

-- PGR0708
UPDATE customers SET city = trim(city)

-- PGR0708
UPDATE ONLY public.customers AS c SET city = upper(c.city)

-- PGR0708
UPDATE customers SET city = 'Basel' WHERE city IS NULL

-- PGR0708
UPDATE customers SET vip = true WHERE created < now() - interval '5 years'

-- PGR0708
UPDATE customers SET vip = true FROM orders WHERE orders.customer_id = customers.id

-- PGR0708
UPDATE customers SET city = 'Bern' WHERE id = 1 OR city IS NULL

-- PGR0708
DELETE FROM orders WHERE placed < '2020-01-01'

-- PGR0708
DELETE FROM orders USING customers c WHERE c.id = orders.customer_id AND c.vip

-- PGR0708 onComplete
DELETE FROM orders

-- PGR0708 onComplete
UPDATE orders SET note = NULL

-- PGR0708
INSERT INTO archive.old_orders SELECT id, total FROM orders

-- PGR0708
INSERT INTO orders (id, total) SELECT o.id, o.total FROM archive.old_orders o WHERE o.total > 0

-- PGR0708
INSERT INTO settings (SELECT name, city FROM customers)

-- PGR0708
INSERT INTO archive.old_orders TABLE orders

-- PGR0708
MERGE INTO customers c USING orders o ON o.customer_id = c.id WHEN MATCHED THEN UPDATE SET vip = true

-- PGR0708
WITH moved AS (DELETE FROM orders WHERE placed < now() RETURNING id, total) INSERT INTO archive.old_orders VALUES (1, 2)

-- PGR0708
WITH rich AS (SELECT customer_id FROM orders GROUP BY 1) UPDATE customers SET vip = true WHERE id IN (SELECT customer_id FROM rich)

-- PGR0708
UPDATE "Mixed Case" SET "Some Value" = lower("Some Value")

-- PGR0708
UPDATE customers SET name = 'Mr ' || name WHERE name IN ('Meier', 'Muster')

-- PGR0708
DELETE FROM archive.old_orders WHERE total IS NULL

-- PGR0709
CREATE INDEX orders_note ON orders (note)

-- PGR0709
CREATE UNIQUE INDEX IF NOT EXISTS orders_note ON public.orders USING btree (lower(note)) WHERE note IS NOT NULL

-- PGR0709
CREATE INDEX ON "Mixed Case" ("Some Value" DESC NULLS LAST)

-- PGR0709
CREATE INDEX ON customers USING gin (to_tsvector('simple', name))

-- PGR0709
CREATE INDEX events_kind ON events (kind)

-- PGR0709
CREATE INDEX ON ONLY orders (note)

-- PGR0709
CREATE INDEX ON archive.old_orders (id)

-- PGR0709
CREATE INDEX ON sales (day)

-- PGR0709 onComplete
CREATE INDEX orders_note ON orders (note)

-- PGR0709
ALTER TABLE orders ADD COLUMN remark text;
CREATE INDEX orders_remark ON orders (remark)

-- PGR0709
DROP INDEX customers_city

-- PGR0709
DROP INDEX IF EXISTS public.orders_state CASCADE

-- PGR0709
DROP INDEX customers_city, orders_state

-- PGR0709
REINDEX TABLE orders

-- PGR0709
REINDEX (VERBOSE) INDEX orders_state

-- PGR0709
REINDEX SCHEMA public

-- PGR0709
ALTER TABLE events DETACH PARTITION events_2023

-- PGR0710
ALTER TABLE orders ADD CONSTRAINT small CHECK (total < 100000)

-- PGR0710
ALTER TABLE orders ADD CHECK (total < 100000)

-- PGR0710
ALTER TABLE ONLY public.orders ADD CONSTRAINT orders_customer_2 FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE

-- PGR0710
ALTER TABLE order_lines ADD FOREIGN KEY (order_id) REFERENCES orders

-- PGR0710
ALTER TABLE customers ADD CONSTRAINT customers_phone UNIQUE (phone)

-- PGR0710
ALTER TABLE archive.old_orders ADD PRIMARY KEY (id)

-- PGR0710
ALTER TABLE "Mixed Case" ADD UNIQUE NULLS NOT DISTINCT ("Some Value")

-- PGR0710
ALTER TABLE orders ADD CONSTRAINT one_a_time EXCLUDE USING gist (tsrange(placed, placed) WITH &&)

-- PGR0710
ALTER TABLE customers ALTER COLUMN city SET NOT NULL

-- PGR0710
ALTER TABLE customers ALTER city SET NOT NULL, ALTER phone DROP NOT NULL

-- PGR0710
ALTER TABLE customers ADD CONSTRAINT city_known NOT NULL city

-- PGR0710
ALTER TABLE customers ADD COLUMN code text UNIQUE

-- PGR0710
ALTER TABLE customers ADD COLUMN code text CHECK (code <> '')

-- PGR0710
ALTER TABLE customers ADD COLUMN country text NOT NULL

-- PGR0710
ALTER TABLE orders ADD COLUMN payer bigint DEFAULT 1 REFERENCES customers

-- PGR0710
ALTER TABLE orders ADD CONSTRAINT small CHECK (total < 100000) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT small

-- PGR0710
ALTER TABLE orders ADD CONSTRAINT small CHECK (total < 100000) NOT VALID, VALIDATE CONSTRAINT small

-- PGR0710
ALTER DOMAIN email_address ADD CONSTRAINT short CHECK (length(VALUE) < 100)

-- PGR0710
ALTER DOMAIN public.email_address SET NOT NULL

-- PGR0710
ALTER TABLE events ATTACH PARTITION events_2021 FOR VALUES FROM ('2021-01-01') TO ('2022-01-01')

-- PGR0710 onComplete
ALTER TABLE orders ADD CONSTRAINT small CHECK (total < 100000)

-- PGR0710
ALTER TABLE orders DROP CONSTRAINT total_positive, ADD CONSTRAINT total_positive CHECK (total >= 0)

-- PGR0711
ALTER TABLE orders ADD COLUMN token uuid DEFAULT gen_random_uuid()

-- PGR0711
ALTER TABLE orders ADD COLUMN seen timestamptz NOT NULL DEFAULT clock_timestamp()

-- PGR0711
ALTER TABLE orders ADD COLUMN number serial

-- PGR0711
ALTER TABLE orders ADD COLUMN number bigserial UNIQUE

-- PGR0711
ALTER TABLE orders ADD COLUMN number bigint GENERATED BY DEFAULT AS IDENTITY

-- PGR0711
ALTER TABLE public.orders ADD COLUMN IF NOT EXISTS vat numeric GENERATED ALWAYS AS (total / 5) STORED

-- PGR0711
ALTER TABLE orders ADD COLUMN luck float DEFAULT random(), ADD COLUMN remark text

-- PGR0711
ALTER TABLE orders ADD COLUMN number bigint DEFAULT nextval('invoice_numbers')

-- PGR0711
ALTER TABLE archive.old_orders ALTER COLUMN total TYPE double precision

-- PGR0711
ALTER TABLE orders SET UNLOGGED

-- PGR0711
ALTER TABLE orders SET LOGGED

-- PGR0711
ALTER TABLE orders SET TABLESPACE fast

-- PGR0711
ALTER TABLE orders SET ACCESS METHOD heap

-- PGR0711
CLUSTER orders USING orders_pkey

-- PGR0711
CLUSTER (VERBOSE) public.orders

-- PGR0711
VACUUM FULL orders

-- PGR0711 onComplete
VACUUM (FULL, ANALYZE) public.orders

-- PGR0711
VACUUM FULL

-- PGR0711
REFRESH MATERIALIZED VIEW sales

-- PGR0711
REFRESH MATERIALIZED VIEW public.sales WITH NO DATA

-- PGR0711
ALTER TABLE orders ALTER COLUMN total SET EXPRESSION AS (1)

-- PGR0712
SELECT * FROM public_01_existing.orders

-- PGR0712
CREATE VIEW old AS SELECT id FROM "public_01_existing".orders

-- PGR0712
DROP SCHEMA IF EXISTS public_01_existing CASCADE

-- PGR0712
GRANT USAGE ON SCHEMA public_01_existing TO reporting

-- PGR0712
DROP SCHEMA pgroll CASCADE

-- PGR0712
UPDATE pgroll.migrations SET done = true WHERE name = 'x'

-- PGR0712
SELECT pgroll.latest_version('public')

-- PGR0712
SET search_path = public_01_existing, public

-- PGR0712
SET search_path TO 'pgroll'

-- PGR0712
CREATE VIEW state AS SELECT _pgroll_needs_backfill FROM orders

-- PGR0712
CREATE TABLE _pgroll_new_orders (id bigint)

-- PGR0712 down
DROP VIEW public_01_existing.orders

-- PGR0712 onComplete
SELECT * FROM public_02_case.orders

-- PGR0713
SET lock_timeout = 0

-- PGR0713
SET LOCAL lock_timeout TO '1min';
ALTER TABLE orders ADD COLUMN remark text

-- PGR0713
SET SESSION statement_timeout = '10min'

-- PGR0713
SET idle_in_transaction_session_timeout = 0

-- PGR0713
SET ROLE reporting

-- PGR0713
SET SESSION AUTHORIZATION 'reporting'

-- PGR0713
RESET ROLE

-- PGR0713
SET session_replication_role = replica

-- PGR0713
RESET ALL

-- PGR0713 onComplete
RESET lock_timeout

-- PGR0713
SELECT set_config('lock_timeout', '0', true)

-- PGR0713
SELECT pg_catalog.set_config('role', 'reporting', false)

-- PGR0709 PGR0710
ALTER TABLE orders ADD CONSTRAINT small CHECK (total < 100000);
CREATE INDEX orders_note ON orders (note)

-- PGR0702 PGR0711
ALTER TABLE orders DROP COLUMN note, ADD COLUMN note serial

-- PGR0708 PGR0710
ALTER TABLE customers ADD COLUMN country text;
UPDATE customers SET country = 'CH';
ALTER TABLE customers ALTER COLUMN country SET NOT NULL

-- PGR0707 PGR0708
WITH all_of_them AS (DELETE FROM orders RETURNING id, total) UPDATE customers SET vip = false
