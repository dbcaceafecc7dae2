INSERT INTO events (title) SELECT 't' || i FROM generate_series(1, 200) AS i;
