INSERT INTO towns SELECT 't' || i, i FROM generate_series(1, 20) AS i;
INSERT INTO people SELECT i, 't' || i % 20 + 1, i % 20 + 1 FROM generate_series(1, 200) AS i;
