INSERT INTO towns SELECT 'pt', i FROM generate_series(1, 20) AS i;
INSERT INTO orders (code, country, zip, amount) SELECT 'o' || i, CASE WHEN i % 3 > 0 THEN 'pt' END, i % 20 + 1, i FROM generate_series(1, 200) AS i;
