INSERT INTO towns (name) SELECT 'town ' || i FROM generate_series(1, 10) AS i;
INSERT INTO people (town) SELECT CASE WHEN i % 4 = 0 THEN 99 ELSE 1 + i % 10 END FROM generate_series(1, 200) AS i;
