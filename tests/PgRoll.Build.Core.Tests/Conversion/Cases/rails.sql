CREATE TABLE "articles" ("id" bigserial primary key, "title" character varying NOT NULL, "author_id" bigint NOT NULL, "created_at" timestamp(6) NOT NULL, "updated_at" timestamp(6) NOT NULL);
CREATE INDEX "index_articles_on_author_id" ON "articles" ("author_id");
ALTER TABLE "comments" ADD "article_id" bigint;
CREATE INDEX CONCURRENTLY "index_comments_on_article_id" ON "comments" ("article_id");
ALTER TABLE "comments" ADD CONSTRAINT "fk_rails_3bf61a60d3" FOREIGN KEY ("article_id") REFERENCES "articles" ("id") NOT VALID;
ALTER TABLE "comments" VALIDATE CONSTRAINT "fk_rails_3bf61a60d3";
ALTER TABLE "comments" ADD CONSTRAINT "comments_body_null" CHECK (body IS NOT NULL) NOT VALID;
ALTER TABLE "comments" RENAME TO "remarks";
INSERT INTO "schema_migrations" (version) VALUES ('20240102030405');
