INSERT INTO customers (code, name)
SELECT 'AB-' || n, CASE WHEN n % 3 > 0 THEN 'name ' || n END FROM generate_series(1000, 1040) AS n;
