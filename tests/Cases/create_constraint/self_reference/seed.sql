INSERT INTO people SELECT i, nullif(i / 10, 0) FROM generate_series(1, 200) AS i;
