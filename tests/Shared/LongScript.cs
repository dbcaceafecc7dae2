using System.Text;

namespace PgRoll.Build.Testing;

/// <summary>SQL as baselines and releases have it, as long as it is wanted.</summary>
static class LongScript
{
    /// <summary>What pg_dump writes of a table with all that belongs to it, a function, and rows.</summary>
    public static string Table(int i) => $"""
        --
        -- Name: orders_{i}; Type: TABLE; Schema: public; Owner: app
        --

        CREATE TABLE public.orders_{i} (
            id bigint NOT NULL,
            customer_id bigint NOT NULL,
            reference character varying(40) DEFAULT 'none'::character varying NOT NULL,
            total numeric(12,2) DEFAULT 0 NOT NULL,
            created_at timestamp with time zone DEFAULT now() NOT NULL,
            note text,
            CONSTRAINT orders_{i}_total_check CHECK ((total >= (0)::numeric))
        );

        ALTER TABLE public.orders_{i} OWNER TO app;

        COMMENT ON TABLE public.orders_{i} IS 'What customers ordered, part {i}; it''s kept for ten years.';

        CREATE SEQUENCE public.orders_{i}_id_seq
            START WITH 1
            INCREMENT BY 1
            CACHE 1;

        ALTER SEQUENCE public.orders_{i}_id_seq OWNED BY public.orders_{i}.id;

        ALTER TABLE ONLY public.orders_{i} ALTER COLUMN id SET DEFAULT nextval('public.orders_{i}_id_seq'::regclass);

        CREATE FUNCTION public.orders_{i}_touch() RETURNS trigger
            LANGUAGE plpgsql
            AS $$
        BEGIN
            -- Whoever changes a row is noted.
            INSERT INTO public.history (what, who, at) VALUES ('orders_{i}', current_user, now());
            RETURN NEW;
        END;
        $$;

        INSERT INTO public.orders_{i} (id, customer_id, reference, total) VALUES (1, 2, 'a''b', 10.50), (2, 3, 'c', 0.1), (3, 4, 'longer', 1e3);

        ALTER TABLE ONLY public.orders_{i}
            ADD CONSTRAINT orders_{i}_pkey PRIMARY KEY (id);

        CREATE INDEX orders_{i}_customer_idx ON public.orders_{i} USING btree (customer_id, created_at DESC) WHERE (note IS NOT NULL);

        CREATE TRIGGER orders_{i}_touch BEFORE UPDATE ON public.orders_{i} FOR EACH ROW EXECUTE FUNCTION public.orders_{i}_touch();


        """;

    /// <summary>Such a dump of at least so many characters.</summary>
    public static string Dump(int length)
    {
        var sql = new StringBuilder();
        for (var i = 0; sql.Length < length; i++)
            sql.Append(Table(i));
        return sql.ToString();
    }

    /// <summary>A migration of one operation that runs it.</summary>
    public static string Migration(string sql) =>
        $"operations:\n  - sql:\n      up: |\n{string.Concat(sql.Split('\n').Select(line => line.Length == 0 ? "\n" : $"        {line}\n"))}";
}
