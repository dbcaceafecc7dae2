namespace PgRoll.Build.Engine.Tests.ModelTest;

/// <summary>When a write happens.</summary>
enum Phase
{
    Before,
    /// <summary>The trigger is there, no row is filled.</summary>
    Unfilled,
    /// <summary>One batch is done.</summary>
    OneBatch,
    TwoBatches,
    /// <summary>Both versions are live.</summary>
    Both,
    /// <summary>After complete or rollback.</summary>
    After,
}

/// <summary>Whose columns a client names: a version's, or the table's.</summary>
enum Version { Old, New, Base }

/// <summary>How a client came by its path.</summary>
enum Manner { Exact, ThenBase, Quoted, AfterUser, StartupOption, RoleSetting }

/// <summary>A client.</summary>
/// <param name="Speaks">Whose views it writes to.</param>
/// <param name="Path">The version on its path; Base for none. Unless it is the one it speaks, its statements name their schema.</param>
/// <param name="Manner">How the path was set.</param>
sealed record Client(Version Speaks, Version Path, Manner Manner)
{
    public bool IsQualified => Speaks != Path;
}

/// <summary>What a statement gives a column.</summary>
abstract record Given
{
    public sealed record Literal(string? Value) : Given;

    /// <summary>The word DEFAULT.</summary>
    public sealed record Default : Given;

    /// <summary>The column itself: sent, and unchanged.</summary>
    public sealed record Same : Given;

    /// <summary>What an upsert proposed.</summary>
    public sealed record Excluded : Given;
}

/// <summary>How a statement is sent.</summary>
enum Form
{
    Plain,
    Prepared,
    Copy,
    /// <summary>With session_replication_role = replica, as apply workers and bulk loaders write.</summary>
    Replicated,
}

/// <summary>A statement, in terms of columns of the version that its client speaks; the rows' ids are apart.</summary>
abstract record Statement(Form Form);

sealed record Insert(Form Form, IReadOnlyList<Column> Columns, IReadOnlyList<(int Id, IReadOnlyList<Given> Values)> Rows, Assignments? OnConflict) : Statement(Form);

sealed record Update(Form Form, IReadOnlyList<int> Ids, Assignments Set) : Statement(Form);

sealed record Delete(int Id) : Statement(Form.Plain);

sealed class Assignments(IEnumerable<(Column Column, Given Value)> items) : List<(Column Column, Given Value)>(items);

sealed record Write(Phase Phase, Client Client, Statement Statement);
