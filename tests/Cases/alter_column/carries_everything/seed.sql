INSERT INTO customers (name, email, credit)
SELECT CASE WHEN i % 3 = 0 THEN NULL ELSE 'name ' || i END, 'c' || i || '@example.com', i
FROM generate_series(1, 500) AS i;
INSERT INTO letters (recipient, credit)
SELECT 'c' || i || '@example.com', i
FROM generate_series(1, 100) AS i;
