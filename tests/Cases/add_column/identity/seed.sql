INSERT INTO notes SELECT 'b' || i FROM generate_series(1, 200) AS i;
