INSERT INTO customers VALUES (1, 'ann@example.org'), (2, NULL);
