-- What values of a type can be made of: a domain is what it is based on, an array what it holds, a range what it is over.
SELECT w.name,
       t.typtype::text,
       CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod)
            WHEN t.typcategory = 'A' AND t.typelem <> 0 THEN pg_catalog.format_type(t.typelem, NULL)
            WHEN t.typtype = 'r' THEN (SELECT pg_catalog.format_type(r.rngsubtype, NULL) FROM pg_catalog.pg_range r WHERE r.rngtypid = t.oid)
            WHEN t.typtype = 'm' THEN (SELECT pg_catalog.format_type(r.rngtypid, NULL) FROM pg_catalog.pg_range r WHERE r.rngmultitypid = t.oid)
       END,
       t.typcategory = 'A' AND t.typelem <> 0,
       (SELECT pg_catalog.string_agg(e.enumlabel, E'\n' ORDER BY e.enumsortorder) FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid),
       pg_catalog.format_type(t.oid, NULL)
FROM pg_catalog.unnest($1::text[]) AS w(name)
JOIN pg_catalog.pg_type t ON t.oid = pg_catalog.to_regtype(w.name)
