namespace PgRoll.Build.Testing;

/// <summary>Operators in the base schema for every two types that the catalog has, each a trap.</summary>
static class HostileOperators
{
    public const string Sql =
        """
        DO $$
        DECLARE
          one text; other text; name text;
          types text[] := '{int2,int4,int8,float8,oid,name,text,varchar,"\"char\"",bool,regclass,regtype,regproc,regprocedure,regrole,jsonb,timestamptz,interval,text[],name[],int2[],int4[],oid[],int2vector,oidvector,record,pg_node_tree}';
        BEGIN
          FOREACH one IN ARRAY types LOOP
            FOREACH other IN ARRAY types LOOP
              EXECUTE format('CREATE FUNCTION public.trap(%s, %s) RETURNS boolean LANGUAGE plpgsql AS %L', one, other, format('BEGIN RAISE ''trapped: %s, %s''; END', one, other));
              FOREACH name IN ARRAY '{=,<>,<,>,<=,>=,||,&,|,+,-,*,~,~*,!~,~~,!~~,->,->>,#>,#-,@>,<@,&&}'::text[] LOOP
                EXECUTE format('CREATE OPERATOR public.%s (FUNCTION = public.trap, LEFTARG = %s, RIGHTARG = %s)', name, one, other);
              END LOOP;
            END LOOP;
          END LOOP;
        END $$
        """;
}
