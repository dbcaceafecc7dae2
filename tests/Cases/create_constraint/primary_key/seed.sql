INSERT INTO readings SELECT nullif(i % 5, 0), i, 'v' || i FROM generate_series(1, 200) AS i;
