INSERT INTO towns SELECT i FROM generate_series(1, 20) AS i;
INSERT INTO customers SELECT i, 'n' || i, 'e' || i, i % 20 + 1 FROM generate_series(1, 200) AS i;
