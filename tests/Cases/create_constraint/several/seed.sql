INSERT INTO customers (name, email, credit)
SELECT CASE WHEN i % 3 > 0 THEN 'n' || i % 7 END, 'c' || i || '@example.org', i % 10 - 2 FROM generate_series(1, 200) AS i;
