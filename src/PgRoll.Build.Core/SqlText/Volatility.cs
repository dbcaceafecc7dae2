namespace PgRoll.Build.SqlText;

/// <summary>How much the value of an expression may change, as far as its text shows.</summary>
public enum Volatility
{
    /// <summary>It may differ from row to row, or nobody knows.</summary>
    Unknown,

    /// <summary>It is the same for all rows of a statement, as <c>now()</c> is.</summary>
    Stable,

    /// <summary>It is always the same.</summary>
    Constant,
}
