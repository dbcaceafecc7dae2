INSERT INTO authors (name) SELECT 'author ' || i FROM generate_series(1, 20) AS i;
INSERT INTO books (author) SELECT 1 + i % 20 FROM generate_series(1, 200) AS i;
