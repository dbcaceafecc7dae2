CREATE SCHEMA archive;
CREATE TYPE status AS ENUM ('new', 'paid', 'sent');
CREATE TYPE address AS (street text, zip text);
CREATE DOMAIN email_address AS text CHECK (VALUE LIKE '%@%');
CREATE TABLE customers (
    id bigint PRIMARY KEY,
    email text CONSTRAINT customers_email UNIQUE,
    name varchar(50),
    city text,
    phone text,
    created timestamptz DEFAULT now(),
    vip boolean NOT NULL DEFAULT false
);
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    customer_id bigint CONSTRAINT orders_customer REFERENCES customers,
    total numeric(10, 2) CONSTRAINT total_known CHECK (total IS NOT NULL),
    state status,
    note text,
    placed timestamp,
    CONSTRAINT total_positive CHECK (total > 0)
);
CREATE TABLE order_lines (order_id bigint, line integer, sku text, quantity integer, PRIMARY KEY (order_id, line));
CREATE TABLE "Mixed Case" ("Key" integer PRIMARY KEY, "Some Value" text);
CREATE TABLE settings (key text PRIMARY KEY, value text);
CREATE TABLE events (id bigint, at timestamptz, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2023 PARTITION OF events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE events_2022 (id bigint, at timestamptz, kind text, CONSTRAINT in_2022 CHECK (at >= '2022-01-01' AND at < '2023-01-01'));
CREATE TABLE events_2021 (id bigint, at timestamptz, kind text);
CREATE TABLE archive.old_orders (id bigint, total numeric);
CREATE INDEX customers_city ON customers (city);
CREATE INDEX orders_state ON orders (state);
CREATE SEQUENCE invoice_numbers;
CREATE VIEW big_orders AS SELECT * FROM orders WHERE total > 1000;
CREATE MATERIALIZED VIEW sales AS SELECT placed::date AS day, sum(total) AS total FROM orders GROUP BY 1;
CREATE FUNCTION vat(numeric) RETURNS numeric LANGUAGE sql AS 'SELECT $1 / 5';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.placed := now(); RETURN NEW; END';
CREATE TRIGGER orders_touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
