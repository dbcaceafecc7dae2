using Npgsql;
using PgRoll.Build.Model;
using PgRoll.Build.SqlText;

namespace PgRoll.Build.Engine.Catalog;

/// <summary>Makes values of the model from rows of the catalog queries.</summary>
static class CatalogRow
{
    public static Table ToTable(this NpgsqlDataReader row) => new(row.Text("name"))
    {
        Partitioning = row.Flag("is_partitioned") ? new([]) : null,
        HasRowSecurity = row.Flag("has_row_security"),
        Owner = row.TextOrNull("owner"),
        IsInherited = row.Flag("is_inherited"),
        Comment = row.TextOrNull("comment"),
        ReplicaIdentity = row.Text("replica_identity") switch
        {
            "n" => new(ReplicaIdentityKind.Nothing),
            "f" => new(ReplicaIdentityKind.Full),
            // The server falls back to nothing where the index was dropped.
            "i" => row.TextOrNull("replica_identity_index") is { } index ? new(ReplicaIdentityKind.Index, index) : new(ReplicaIdentityKind.Nothing),
            _ => ReplicaIdentity.Default,
        },
    };

    /// <param name="row">The row.</param>
    /// <param name="types">Those met so far: thousands of columns share a few.</param>
    public static Column ToColumn(NpgsqlDataReader row, Dictionary<string, SqlType> types)
    {
        var (expression, isGenerated, identity, sequence) = (row.Expression("expression"), row.Flag("is_generated"), row.Text("identity"), row.TextOrNull("sequence"));
        var typeName = row.Text("type");
        if (!types.TryGetValue(typeName, out var type))
            types.Add(typeName, type = SqlType.FromCatalog(typeName));
        return new(row.Text("name"), type)
        {
            IsNullable = row.Flag("is_nullable"),
            HasNotNullDomain = row.Flag("has_not_null_domain"),
            HasDefaultDomain = row.Flag("has_default_domain"),
            NotNull = row.TextOrNull("not_null_name") is not { } notNull ? null : new(notNull)
            {
                Comment = row.TextOrNull("not_null_comment"),
                NoInherit = row.Flag("not_null_no_inherit"),
                IsValid = row.Flag("not_null_is_valid"),
            },
            Default = isGenerated ? null : expression,
            GeneratedAs = isGenerated ? expression : null,
            Identity = identity == "" ? null : new(identity == "a", row.Clause("sequence_options"))
            {
                Sequence = sequence ?? "",
                SequenceType = row.TextOrNull("sequence_type") is { } sequenceType ? SqlType.FromCatalog(sequenceType) : null,
                SequenceComment = row.TextOrNull("sequence_comment"),
            },
            Sequence = identity == "" ? sequence : null,
            OtherSequences = row.Texts("other_sequences"),
            Collation = row.Clause("collation"),
            Settings = ToSettings(row),
            Comment = row.TextOrNull("comment"),
        };
    }

    /// <summary>Most columns have none, and share that.</summary>
    static ColumnSettings ToSettings(NpgsqlDataReader row)
    {
        var settings = new ColumnSettings
        {
            StatisticsTarget = row.NumberOrNull("statistics_target"),
            Storage = row.TextOrNull("storage"),
            Compression = row.TextOrNull("compression"),
            Options = row.Clause("options"),
        };
        return settings == ColumnSettings.None ? ColumnSettings.None : settings;
    }

    public static Constraint ToConstraint(NpgsqlDataReader row)
    {
        var (name, kind, columns, deferral) = (row.Text("name"), row.Text("kind"), row.Texts("columns"), Enum.Parse<Deferral>(row.Text("deferral")));
        Constraint constraint = kind switch
        {
            "p" or "u" => new UniqueConstraint(name)
            {
                Columns = columns,
                IsPrimaryKey = kind == "p",
                Include = row.Texts("include"),
                NullsNotDistinct = row.Flag("nulls_not_distinct"),
                Deferral = deferral,
                IsWithoutOverlaps = row.Flag("is_temporal"),
                IndexProperties = IndexProperties(row),
                StorageParameters = row.Clause("storage_parameters"),
                Tablespace = row.TextOrNull("tablespace"),
            },
            "c" => new CheckConstraint(name, row.Expression("expression")!) { Columns = columns, NoInherit = row.Flag("no_inherit") },
            "f" => new ForeignKey(name, row.Text("referenced_table"), row.Texts("referenced_columns"))
            {
                Columns = columns,
                ReferencedSchema = row.TextOrNull("referenced_schema"),
                OnDelete = Action(row.Text("on_delete")),
                OnUpdate = Action(row.Text("on_update")),
                OnDeleteSetColumns = row.Texts("on_delete_set_columns"),
                HasPeriod = row.Flag("is_temporal"),
                HasSwitchedTriggers = row.Flag("has_switched_triggers"),
                MatchFull = row.Flag("match_full"),
                Deferral = deferral,
            },
            "x" => new ExclusionConstraint(name, row.Clause("exclusion")!) { Columns = columns, Deferral = deferral },
            _ => throw new InvalidOperationException($"Constraint '{name}' is of the unknown kind '{kind}'."),
        };
        return constraint with { Comment = row.TextOrNull("comment"), IsValid = row.Flag("is_valid"), IsEnforced = row.Flag("is_enforced") };
    }

    public static Model.Index ToIndex(NpgsqlDataReader row) =>
        new(row.Text("name"), row.Flag("is_unique"), IndexDefinition(row.Text("definition"), row.TextOrNull("tablespace")))
        {
            Columns = row.Texts("columns"),
            Properties = IndexProperties(row) with
            {
                Statistics = [.. row.Numbers("statistics_positions").Zip(row.Numbers("statistics_targets"), static (position, target) => new IndexStatistics(position, target))],
            },
        };

    public static ExtendedStatistics ToStatistics(NpgsqlDataReader row) => new(row.Text("name"), row.Clause("targets")!)
    {
        Schema = row.TextOrNull("schema"),
        Kinds = row.Clause("kinds"),
        Columns = row.Texts("columns"),
        Target = row.NumberOrNull("target"),
        Comment = row.TextOrNull("comment"),
        Owner = row.TextOrNull("owner"),
    };

    /// <summary>A privilege, and whether it is one on the sequence of what is named.</summary>
    public static (Grant Grant, bool OnSequence) ToGrant(NpgsqlDataReader row) =>
        (new(row.TextOrNull("grantee"), row.Text("privilege"), row.Flag("with_grant_option"), row.TextOrNull("column_name")), row.Flag("on_sequence"));

    static IndexProperties IndexProperties(NpgsqlDataReader row) => new()
    {
        Comment = row.TextOrNull("index_comment"),
        IsClustered = row.Flag("is_clustered"),
        Extensions = row.Texts("extensions"),
    };

    public static PartitionFact ToPartitionFact(NpgsqlDataReader row) => new(row.Text("kind"), row.Text("description"), row.Texts("columns"));

    public static Partitioning ToPartitioning(this IEnumerable<PartitionFact> facts)
    {
        var kinds = facts.ToLookup(f => f.Kind);
        return new([.. kinds["key"].Select(f => f.Description)])
        {
            ForeignTables = [.. kinds["foreign"].Select(f => f.Description)],
            OwnObjects = [.. kinds["own"].Select(f => new PartitionObject(f.Description, f.Columns))],
        };
    }


    /// <summary>Names of the index or table may hold any word, but are quoted then. The server leaves the tablespace out.</summary>
    static SqlClause IndexDefinition(string text, string? tablespace)
    {
        var tokens = SqlLexer.Significant(text);
        var start = tokens.First(t => t.IsWord("using")).End;
        if (tablespace is null)
            return SqlClause.FromCatalog(text[start..].TrimStart());
        var depth = 0;
        var where = tokens.FirstOrDefault(t => (depth += t.IsSymbol("(") ? 1 : t.IsSymbol(")") ? -1 : 0) == 0 && t.IsWord("where"));
        var end = where.Length > 0 ? where.Start : text.Length;
        return SqlClause.FromCatalog($"{text[start..end].Trim()} TABLESPACE {new Ident(tablespace)} {text[end..]}".Trim());
    }

    static ReferentialAction Action(string letter) => letter switch
    {
        "a" => ReferentialAction.NoAction,
        "r" => ReferentialAction.Restrict,
        "c" => ReferentialAction.Cascade,
        "n" => ReferentialAction.SetNull,
        "d" => ReferentialAction.SetDefault,
        _ => throw new InvalidOperationException($"Unknown referential action '{letter}'."),
    };

    static string Text(this NpgsqlDataReader row, string column) => row.GetString(row.GetOrdinal(column));

    static string? TextOrNull(this NpgsqlDataReader row, string column) =>
        row.GetOrdinal(column) is var i && row.IsDBNull(i) ? null : row.GetString(i);

    static string[] Texts(this NpgsqlDataReader row, string column) => row.GetFieldValue<string[]>(row.GetOrdinal(column)) is { Length: > 0 } texts ? texts : [];

    static int? NumberOrNull(this NpgsqlDataReader row, string column) =>
        row.GetOrdinal(column) is var i && row.IsDBNull(i) ? null : row.GetInt32(i);

    static int[] Numbers(this NpgsqlDataReader row, string column) => row.GetFieldValue<int[]>(row.GetOrdinal(column));

    static bool Flag(this NpgsqlDataReader row, string column) => row.GetBoolean(row.GetOrdinal(column));

    static SqlExpression? Expression(this NpgsqlDataReader row, string column) =>
        row.TextOrNull(column) is { } text ? SqlExpression.FromCatalog(text) : null;

    /// <summary>Null for none, and for an empty one.</summary>
    static SqlClause? Clause(this NpgsqlDataReader row, string column) =>
        row.TextOrNull(column) is { Length: > 0 } text ? SqlClause.FromCatalog(text) : null;
}

/// <summary>A row about a table's partitions.</summary>
sealed record PartitionFact(string Kind, string Description, IReadOnlyList<string> Columns);
