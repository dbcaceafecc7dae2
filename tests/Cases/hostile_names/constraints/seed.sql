INSERT INTO "We""ird. Table" ("Ünï ""code""", "a.b", "Name") SELECT CASE WHEN i % 2 = 0 THEN 'v' || i END, i, 'n' || i FROM generate_series(1, 200) AS i;
