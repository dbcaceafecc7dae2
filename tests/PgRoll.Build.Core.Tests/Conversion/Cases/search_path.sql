CREATE TABLE here (id int);
SET search_path TO app, public;
CREATE TABLE there (id int);
ALTER TABLE public.here ADD COLUMN note text;
CREATE VIEW v AS SELECT * FROM there;
