INSERT INTO authors SELECT i, 'a' || i FROM generate_series(1, 20) AS i;
INSERT INTO books SELECT i, i % 20 + 1 FROM generate_series(1, 200) AS i;
