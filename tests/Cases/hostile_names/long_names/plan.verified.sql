-- ==== start ====
-- one short transaction
-- up of 'tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä.ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_ttttttttttttttttttttttttttttttttttttttttt_b7c6039af1"("id" integer, "ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc" text) RETURNS text
LANGUAGE sql RETURN (coalesce(ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc, 'none ' || id));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_ttttttttttttttttttttttttttttttttttttttttt_b7c6039af1"(integer, text) TO PUBLIC;
-- up of 'tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä.ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddßx'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_ttttttttttttttttttttttttttttttttttttttttt_ed1a963c1c"("ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddßx" int) RETURNS bigint
LANGUAGE sql RETURN (ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddßx);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_ttttttttttttttttttttttttttttttttttttttttt_ed1a963c1c"(int) TO PUBLIC;
-- up of 'tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä.eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_up_ttttttttttttttttttttttttttttttttttttttttt_ce14b88ada"("id" integer) RETURNS text
LANGUAGE sql RETURN ('e' || id);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_up_ttttttttttttttttttttttttttttttttttttttttt_ce14b88ada"(integer) TO PUBLIC;
-- down of 'tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä.ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddßx'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_down_ttttttttttttttttttttttttttttttttttttttt_5663e282ed"("ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddßx" bigint) RETURNS int
LANGUAGE sql RETURN (ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddßx::int);
GRANT EXECUTE ON FUNCTION "public"."_pgroll_down_ttttttttttttttttttttttttttttttttttttttt_5663e282ed"(bigint) TO PUBLIC;
-- default of 'tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä.ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddßx'; names in it are bound here, on the runner's search path
CREATE FUNCTION "public"."_pgroll_default_tttttttttttttttttttttttttttttttttttt_dd227ba21c"() RETURNS int
LANGUAGE sql RETURN (CAST((1) AS int));
GRANT EXECUTE ON FUNCTION "public"."_pgroll_default_tttttttttttttttttttttttttttttttttttt_dd227ba21c"() TO PUBLIC;
-- the new half of 'tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä.ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc', which the old version does not see [ACCESS EXCLUSIVE on "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä"]
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" ADD COLUMN "_pgroll_new_cccccccccccccccccccccccccccccccccccccccc_16858dfc44" text;
-- the new half of 'tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä.ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddßx', which the old version does not see [ACCESS EXCLUSIVE on "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä"]
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" ADD COLUMN "_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6" bigint;
-- proof that the default of 'tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä.fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff' fits its type; if the server refuses it, give another as `default`
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" ALTER COLUMN "_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6" SET DEFAULT (1);
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" ALTER COLUMN "_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6" DROP DEFAULT;
-- column 'tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä.eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee', which the old version does not see [ACCESS EXCLUSIVE on "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä"]
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" ADD COLUMN "_pgroll_new_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee_24fdbcfdf3" text;
-- marks the rows of 'tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä' that are still to be brought to the new version [ACCESS EXCLUSIVE on "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä"]
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" ADD COLUMN "_pgroll_needs_backfill" boolean NOT NULL DEFAULT true;
-- keeps both versions of a row of 'tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä' in step
CREATE FUNCTION "public"."_pgroll_trigger_tttttttttttttttttttttttttttttttttttt_b43a7c6654"() RETURNS trigger
LANGUAGE plpgsql AS $pgroll$
DECLARE
  by_old boolean;
  by_new boolean;
BEGIN
  IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' THEN
    by_old := NEW."ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc" IS DISTINCT FROM NULL OR CAST(ROW(NEW."ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddßx") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW("public"."_pgroll_default_tttttttttttttttttttttttttttttttttttt_dd227ba21c"()) AS pg_catalog.record);
    by_new := NEW."_pgroll_new_cccccccccccccccccccccccccccccccccccccccc_16858dfc44" IS DISTINCT FROM NULL OR NEW."_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6" IS DISTINCT FROM NULL OR NEW."_pgroll_new_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee_24fdbcfdf3" IS DISTINCT FROM NULL;
  ELSE
    by_old := CAST(ROW(OLD."ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc", OLD."ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddßx") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc", NEW."ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddßx") AS pg_catalog.record);
    by_new := CAST(ROW(OLD."_pgroll_new_cccccccccccccccccccccccccccccccccccccccc_16858dfc44", OLD."_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6", OLD."_pgroll_new_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee_24fdbcfdf3") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_cccccccccccccccccccccccccccccccccccccccc_16858dfc44", NEW."_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6", NEW."_pgroll_new_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee_24fdbcfdf3") AS pg_catalog.record);
  END IF;
  IF NOT by_old AND NOT by_new THEN
    by_new := COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_02_change' AS pg_catalog.name)) OPERATOR(pg_catalog.<) COALESCE(pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_table' AS pg_catalog.name)), 2147483647), false);
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NOT by_new AND pg_catalog.array_position(pg_catalog.current_schemas(false), CAST('public_01_table' AS pg_catalog.name)) IS NULL THEN
      by_new := NEW."ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddßx" IS NOT DISTINCT FROM NULL;
    END IF;
    by_old := NOT by_new;
  END IF;
  IF by_old AND NOT by_new THEN
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."id", OLD."ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."id", NEW."ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc") AS pg_catalog.record) THEN
      NEW."_pgroll_new_cccccccccccccccccccccccccccccccccccccccc_16858dfc44" := "public"."_pgroll_up_ttttttttttttttttttttttttttttttttttttttttt_b7c6039af1"(NEW."id", NEW."ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc");
    END IF;
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddßx") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddßx") AS pg_catalog.record) THEN
      NEW."_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6" := "public"."_pgroll_up_ttttttttttttttttttttttttttttttttttttttttt_ed1a963c1c"(NEW."ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddßx");
    END IF;
    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR OLD."_pgroll_needs_backfill" OR CAST(ROW(OLD."id") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."id") AS pg_catalog.record) THEN
      NEW."_pgroll_new_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee_24fdbcfdf3" := "public"."_pgroll_up_ttttttttttttttttttttttttttttttttttttttttt_ce14b88ada"(NEW."id");
    END IF;
  ELSE
    IF TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND OLD."_pgroll_needs_backfill" THEN
      IF CAST(ROW(OLD."_pgroll_new_cccccccccccccccccccccccccccccccccccccccc_16858dfc44") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_cccccccccccccccccccccccccccccccccccccccc_16858dfc44") AS pg_catalog.record) THEN
        OLD."_pgroll_new_cccccccccccccccccccccccccccccccccccccccc_16858dfc44" := "public"."_pgroll_up_ttttttttttttttttttttttttttttttttttttttttt_b7c6039af1"(OLD."id", OLD."ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc");
      ELSE
        OLD."_pgroll_new_cccccccccccccccccccccccccccccccccccccccc_16858dfc44" := "public"."_pgroll_up_ttttttttttttttttttttttttttttttttttttttttt_b7c6039af1"(OLD."id", OLD."ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc");
        NEW."_pgroll_new_cccccccccccccccccccccccccccccccccccccccc_16858dfc44" := OLD."_pgroll_new_cccccccccccccccccccccccccccccccccccccccc_16858dfc44";
      END IF;
      IF CAST(ROW(OLD."_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6") AS pg_catalog.record) THEN
        OLD."_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6" := "public"."_pgroll_up_ttttttttttttttttttttttttttttttttttttttttt_ed1a963c1c"(OLD."ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddßx");
      ELSE
        OLD."_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6" := "public"."_pgroll_up_ttttttttttttttttttttttttttttttttttttttttt_ed1a963c1c"(OLD."ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddßx");
        NEW."_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6" := OLD."_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6";
      END IF;
      IF CAST(ROW(OLD."_pgroll_new_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee_24fdbcfdf3") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee_24fdbcfdf3") AS pg_catalog.record) THEN
        OLD."_pgroll_new_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee_24fdbcfdf3" := "public"."_pgroll_up_ttttttttttttttttttttttttttttttttttttttttt_ce14b88ada"(OLD."id");
      ELSE
        OLD."_pgroll_new_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee_24fdbcfdf3" := "public"."_pgroll_up_ttttttttttttttttttttttttttttttttttttttttt_ce14b88ada"(OLD."id");
        NEW."_pgroll_new_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee_24fdbcfdf3" := OLD."_pgroll_new_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee_24fdbcfdf3";
      END IF;
    END IF;
    IF NOT by_old THEN
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_cccccccccccccccccccccccccccccccccccccccc_16858dfc44") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_cccccccccccccccccccccccccccccccccccccccc_16858dfc44") AS pg_catalog.record) THEN
        NEW."ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc" := NEW."_pgroll_new_cccccccccccccccccccccccccccccccccccccccc_16858dfc44";
      END IF;
      IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR CAST(ROW(OLD."_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(NEW."_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6") AS pg_catalog.record) THEN
        NEW."ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddßx" := "public"."_pgroll_down_ttttttttttttttttttttttttttttttttttttttt_5663e282ed"(NEW."_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6");
      END IF;
    END IF;
  END IF;
  NEW."_pgroll_needs_backfill" := false;
  RETURN NEW;
END
$pgroll$;
-- whether an update of 'tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä' matters to the other version
CREATE FUNCTION "public"."_pgroll_changed_tttttttttttttttttttttttttttttttttttt_1b0981c0f0"(anyelement, anyelement) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $pgroll$SELECT CAST(ROW(($1)."ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc", ($1)."ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddßx", ($1)."_pgroll_new_cccccccccccccccccccccccccccccccccccccccc_16858dfc44", ($1)."_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6", ($1)."_pgroll_new_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee_24fdbcfdf3", ($1)."id") AS pg_catalog.record) OPERATOR(pg_catalog.*<>) CAST(ROW(($2)."ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc", ($2)."ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddßx", ($2)."_pgroll_new_cccccccccccccccccccccccccccccccccccccccc_16858dfc44", ($2)."_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6", ($2)."_pgroll_new_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee_24fdbcfdf3", ($2)."id") AS pg_catalog.record)$pgroll$;
GRANT EXECUTE ON FUNCTION "public"."_pgroll_changed_tttttttttttttttttttttttttttttttttttt_1b0981c0f0"(anyelement, anyelement) TO PUBLIC;
-- fires for rows that clients insert [SHARE ROW EXCLUSIVE on "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä"]
CREATE TRIGGER "~pgroll_insert" BEFORE INSERT ON "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä"
FOR EACH ROW WHEN (NEW."_pgroll_needs_backfill") EXECUTE FUNCTION "public"."_pgroll_trigger_tttttttttttttttttttttttttttttttttttt_b43a7c6654"();
-- fires where an update matters to the other version [SHARE ROW EXCLUSIVE on "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä"]
CREATE TRIGGER "~pgroll_update" BEFORE UPDATE ON "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä"
FOR EACH ROW WHEN ((OLD."_pgroll_needs_backfill" AND NEW."_pgroll_needs_backfill") OR (NOT OLD."_pgroll_needs_backfill" AND "public"."_pgroll_changed_tttttttttttttttttttttttttttttttttttt_1b0981c0f0"(OLD.*, NEW.*))) EXECUTE FUNCTION "public"."_pgroll_trigger_tttttttttttttttttttttttttttttttttttt_b43a7c6654"();
-- fires for apply workers and bulk loaders too [SHARE ROW EXCLUSIVE on "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä"]
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" ENABLE ALWAYS TRIGGER "~pgroll_insert", ENABLE ALWAYS TRIGGER "~pgroll_update";
-- check '_pgroll_check_not_null_ccccccccccccccccccccccccccccc_88d45ddb73' for what is written from now on [ACCESS EXCLUSIVE on "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä"]
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" ADD CONSTRAINT "_pgroll_check_not_null_ccccccccccccccccccccccccccccc_88d45ddb73" CHECK ("_pgroll_new_cccccccccccccccccccccccccccccccccccccccc_16858dfc44" IS DISTINCT FROM NULL) NOT VALID;
-- check '_pgroll_dup__pgroll_check_not_null_ddddddddddddddddd_28e897e179' for what is written from now on [ACCESS EXCLUSIVE on "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä"]
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" ADD CONSTRAINT "_pgroll_dup__pgroll_check_not_null_ddddddddddddddddd_28e897e179" CHECK ("_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6" IS DISTINCT FROM NULL) NOT VALID;
-- check '_pgroll_check_not_null_eeeeeeeeeeeeeeeeeeeeeeeeeeeee_c644f1a5eb' for what is written from now on [ACCESS EXCLUSIVE on "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä"]
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" ADD CONSTRAINT "_pgroll_check_not_null_eeeeeeeeeeeeeeeeeeeeeeeeeeeee_c644f1a5eb" CHECK ("_pgroll_new_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee_24fdbcfdf3" IS DISTINCT FROM NULL) NOT VALID;
-- check 'kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk' for what is written from now on [ACCESS EXCLUSIVE on "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä"]
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" ADD CONSTRAINT "_pgroll_dup_kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk_51cdf89e99" CHECK ("_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6" > 0) NOT VALID;
-- in batches, a short transaction each
-- the rows of 'tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä' that are there already
UPDATE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" SET "_pgroll_new_cccccccccccccccccccccccccccccccccccccccc_16858dfc44" = "public"."_pgroll_up_ttttttttttttttttttttttttttttttttttttttttt_b7c6039af1"("id", "ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"), "_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6" = "public"."_pgroll_up_ttttttttttttttttttttttttttttttttttttttttt_ed1a963c1c"("ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddßx"), "_pgroll_new_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee_24fdbcfdf3" = "public"."_pgroll_up_ttttttttttttttttttttttttttttttttttttttttt_ce14b88ada"("id"), "_pgroll_needs_backfill" = false WHERE "_pgroll_needs_backfill"; -- a range of the table at a time
-- statistics of the new columns, so that the new version's first queries are planned well [SHARE UPDATE EXCLUSIVE on "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä"]
ANALYZE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" ("_pgroll_new_cccccccccccccccccccccccccccccccccccccccc_16858dfc44", "_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6", "_pgroll_new_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee_24fdbcfdf3");
-- outside of a transaction, while clients write
-- index 'iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä"]
CREATE INDEX CONCURRENTLY "_pgroll_dup_iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii_bd23c3019e" ON "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" USING btree ("_pgroll_new_cccccccccccccccccccccccccccccccccccccccc_16858dfc44", "_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6");
-- index 'uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä"]
CREATE UNIQUE INDEX CONCURRENTLY "uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu" ON "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" ("_pgroll_new_cccccccccccccccccccccccccccccccccccccccc_16858dfc44");
-- index 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee', built while clients write [SHARE UPDATE EXCLUSIVE on "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä"]
CREATE UNIQUE INDEX CONCURRENTLY "_pgroll_uniq_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee_9909217e47" ON "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" ("_pgroll_new_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee_24fdbcfdf3");
-- while clients write, a transaction each
-- proves that existing rows satisfy '_pgroll_check_not_null_ccccccccccccccccccccccccccccc_88d45ddb73', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä"]
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" VALIDATE CONSTRAINT "_pgroll_check_not_null_ccccccccccccccccccccccccccccc_88d45ddb73";
-- proves that existing rows satisfy '_pgroll_dup__pgroll_check_not_null_ddddddddddddddddd_28e897e179', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä"]
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" VALIDATE CONSTRAINT "_pgroll_dup__pgroll_check_not_null_ddddddddddddddddd_28e897e179";
-- proves that existing rows satisfy '_pgroll_check_not_null_eeeeeeeeeeeeeeeeeeeeeeeeeeeee_c644f1a5eb', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä"]
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" VALIDATE CONSTRAINT "_pgroll_check_not_null_eeeeeeeeeeeeeeeeeeeeeeeeeeeee_c644f1a5eb";
-- proves that existing rows satisfy 'kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk', while rollback is still free [SHARE UPDATE EXCLUSIVE on "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä"]
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" VALIDATE CONSTRAINT "_pgroll_dup_kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk_51cdf89e99";
-- one transaction
-- the new version, empty as yet
CREATE SCHEMA "public_02_change";
-- 'tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä' as the new version sees it
CREATE VIEW "public_02_change"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" WITH (security_invoker = true) AS SELECT "id", "_pgroll_new_cccccccccccccccccccccccccccccccccccccccc_16858dfc44" AS "ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc", "_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6" AS "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "_pgroll_new_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee_24fdbcfdf3" AS "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee" FROM "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä";
-- the new version's default of 'tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä.fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff'
ALTER VIEW "public_02_change"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" ALTER COLUMN "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff" SET DEFAULT (1);

-- ==== complete ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_01_table"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä", "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä"
-- the old version ends for its clients; views of what changes go with it, the others later
ALTER SCHEMA "public_01_table" RENAME TO "_pgroll_gone_public_01_table";
DROP VIEW IF EXISTS "_pgroll_gone_public_01_table"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_insert" ON "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä";
-- the old version is gone, nothing is left to keep in step
DROP TRIGGER "~pgroll_update" ON "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä";
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_trigger_tttttttttttttttttttttttttttttttttttt_b43a7c6654"();
-- nothing calls it any more
DROP FUNCTION "public"."_pgroll_changed_tttttttttttttttttttttttttttttttttttt_1b0981c0f0"(anyelement, anyelement);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_ttttttttttttttttttttttttttttttttttttttttt_b7c6039af1"(integer, text);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_ttttttttttttttttttttttttttttttttttttttttt_ed1a963c1c"(int);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_up_ttttttttttttttttttttttttttttttttttttttttt_ce14b88ada"(integer);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_down_ttttttttttttttttttttttttttttttttttttttt_5663e282ed"(bigint);
-- nothing calls it any more
DROP FUNCTION IF EXISTS "public"."_pgroll_default_tttttttttttttttttttttttttttttttttttt_dd227ba21c"();
-- 'ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc' is proven to hold no NULL
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" ALTER COLUMN "_pgroll_new_cccccccccccccccccccccccccccccccccccccccc_16858dfc44" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" DROP CONSTRAINT "_pgroll_check_not_null_ccccccccccccccccccccccccccccc_88d45ddb73";
-- 'fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff' is proven to hold no NULL
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" ALTER COLUMN "_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" DROP CONSTRAINT "_pgroll_dup__pgroll_check_not_null_ddddddddddddddddd_28e897e179";
-- 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee' is proven to hold no NULL
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" ALTER COLUMN "_pgroll_new_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee_24fdbcfdf3" SET NOT NULL;
-- NOT NULL says the same
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" DROP CONSTRAINT "_pgroll_check_not_null_eeeeeeeeeeeeeeeeeeeeeeeeeeeee_c644f1a5eb";
-- what only the old version showed
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" DROP COLUMN "ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc", DROP COLUMN "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddßx", DROP COLUMN "_pgroll_needs_backfill";
-- its final name
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" RENAME COLUMN "_pgroll_new_cccccccccccccccccccccccccccccccccccccccc_16858dfc44" TO "ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc";
-- its final name
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" RENAME COLUMN "_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6" TO "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";
-- its final name
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" RENAME COLUMN "_pgroll_new_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee_24fdbcfdf3" TO "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee";
-- the default of 'fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', which the version's view carried until now
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" ALTER COLUMN "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff" SET DEFAULT (1);
-- its final name
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" RENAME CONSTRAINT "_pgroll_dup_kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk_51cdf89e99" TO "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk";
-- its final name
ALTER INDEX "public"."_pgroll_dup_iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii_bd23c3019e" RENAME TO "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii";
-- 'uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu' adopts its index
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" ADD CONSTRAINT "uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu" UNIQUE USING INDEX "uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu";
-- 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee' adopts its index
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" ADD CONSTRAINT "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee" UNIQUE USING INDEX "_pgroll_uniq_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee_9909217e47";
-- afterwards, outside of a transaction
-- the old version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_01_table", its views in portions

-- ==== rollback (instead of complete) ====
-- one transaction, which holds ACCESS EXCLUSIVE on "public_02_change"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä", "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä"
ALTER SCHEMA "public_02_change" RENAME TO "_pgroll_gone_public_02_change";
DROP VIEW IF EXISTS "_pgroll_gone_public_02_change"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä";
DROP INDEX IF EXISTS "public"."_pgroll_uniq_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee_9909217e47";
DROP INDEX IF EXISTS "public"."uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu";
DROP INDEX IF EXISTS "public"."_pgroll_dup_iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii_bd23c3019e";
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" DROP CONSTRAINT IF EXISTS "_pgroll_dup_kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk_51cdf89e99";
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" DROP CONSTRAINT IF EXISTS "_pgroll_check_not_null_eeeeeeeeeeeeeeeeeeeeeeeeeeeee_c644f1a5eb";
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" DROP CONSTRAINT IF EXISTS "_pgroll_dup__pgroll_check_not_null_ddddddddddddddddd_28e897e179";
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" DROP CONSTRAINT IF EXISTS "_pgroll_check_not_null_ccccccccccccccccccccccccccccc_88d45ddb73";
DROP TRIGGER IF EXISTS "~pgroll_update" ON "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä";
DROP TRIGGER IF EXISTS "~pgroll_insert" ON "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä";
DROP FUNCTION IF EXISTS "public"."_pgroll_changed_tttttttttttttttttttttttttttttttttttt_1b0981c0f0"(anyelement, anyelement);
DROP FUNCTION IF EXISTS "public"."_pgroll_trigger_tttttttttttttttttttttttttttttttttttt_b43a7c6654"();
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" DROP COLUMN IF EXISTS "_pgroll_needs_backfill";
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" DROP COLUMN IF EXISTS "_pgroll_new_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee_24fdbcfdf3";
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" DROP COLUMN IF EXISTS "_pgroll_new_dddddddddddddddddddddddddddddddddddddddd_3559ba2be6";
ALTER TABLE "public"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttä" DROP COLUMN IF EXISTS "_pgroll_new_cccccccccccccccccccccccccccccccccccccccc_16858dfc44";
DROP FUNCTION IF EXISTS "public"."_pgroll_default_tttttttttttttttttttttttttttttttttttt_dd227ba21c"();
DROP FUNCTION IF EXISTS "public"."_pgroll_down_ttttttttttttttttttttttttttttttttttttttt_5663e282ed"(bigint);
DROP FUNCTION IF EXISTS "public"."_pgroll_up_ttttttttttttttttttttttttttttttttttttttttt_ce14b88ada"(integer);
DROP FUNCTION IF EXISTS "public"."_pgroll_up_ttttttttttttttttttttttttttttttttttttttttt_ed1a963c1c"(int);
DROP FUNCTION IF EXISTS "public"."_pgroll_up_ttttttttttttttttttttttttttttttttttttttttt_b7c6039af1"(integer, text);
-- afterwards, outside of a transaction
-- the new version's remaining views
-- DROP SCHEMA "_pgroll_gone_public_02_change", its views in portions
