CREATE TABLE public.customers (
  id bigserial PRIMARY KEY,
  name varchar(200) NOT NULL CHECK (name <> ''),
  email text UNIQUE,
  level int DEFAULT 0 NOT NULL CHECK (level >= 0) CHECK (level < 100),
  born date NULL DEFAULT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  loud text GENERATED ALWAYS AS (upper(name)) STORED,
  number int GENERATED ALWAYS AS IDENTITY (START WITH 100),
  CONSTRAINT born_before_at CHECK (born < at),
  CONSTRAINT customers_name_email UNIQUE (name, email) INCLUDE (level) WITH (fillfactor = 70)
);
CREATE TABLE "Order Items" (
  customer bigint REFERENCES customers ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  line int,
  during tsrange,
  "Amount" numeric(12, 2) NOT NULL,
  PRIMARY KEY (line, customer),
  CONSTRAINT one_name FOREIGN KEY (customer, line) REFERENCES "Order Items" (customer, line) MATCH FULL ON DELETE SET NULL (line),
  UNIQUE NULLS NOT DISTINCT (line),
  EXCLUDE USING gist (during WITH &&) WHERE (line > 0)
);
COMMENT ON TABLE customers IS 'who buys';
COMMENT ON COLUMN customers.born IS 'it''s optional';
CREATE TABLE IF NOT EXISTS notes (id int);
CREATE TABLE IF NOT EXISTS notes (id int, more text);
