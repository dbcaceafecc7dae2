INSERT INTO "We""ird. Table" ("Ünï ""code""", "Name", "$body$")
SELECT CASE WHEN i % 2 = 0 THEN 'v' || i END, CASE WHEN i % 5 > 0 THEN 'n' || i END, 'b' FROM generate_series(1, 200) AS i;
