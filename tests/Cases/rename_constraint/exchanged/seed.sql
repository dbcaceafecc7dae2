INSERT INTO pairs SELECT i, i, i FROM generate_series(1, 200) AS i;
