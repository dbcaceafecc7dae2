INSERT INTO towns SELECT 'pt', i FROM generate_series(1, 10) AS i;
INSERT INTO orders (country, zip) SELECT 'pt', i % 20 FROM generate_series(1, 200) AS i;
