using PgRoll.Build.Model;

namespace PgRoll.Build.Engine.Verification.Rows;

/// <summary>A table to make rows for.</summary>
/// <param name="Table">The table.</param>
/// <param name="Keys">The foreign keys that its rows are to satisfy.</param>
/// <param name="IsConcerned">Whether the rollout is about its rows; of others a few will do.</param>
sealed record RowTarget(Table Table, IReadOnlyList<ForeignKey> Keys, bool IsConcerned);
