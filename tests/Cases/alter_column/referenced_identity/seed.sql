INSERT INTO authors (name) SELECT 'a' || i FROM generate_series(1, 20) AS i;
INSERT INTO books (author) SELECT i % 20 + 1 FROM generate_series(1, 200) AS i;
